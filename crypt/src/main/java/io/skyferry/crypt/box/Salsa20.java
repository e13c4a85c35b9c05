package io.skyferry.crypt.box;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The core of Salsa20 in plain arithmetic, and the derivation that makes XSalsa20 of it.
///
/// Source: "Salsa20 specification", D. J. Bernstein, 2005; "Extending the Salsa20 nonce", D. J.
/// Bernstein, 2011.
final class Salsa20 {
    /// Bytes of one block of the stream.
    static final int BLOCK = 64;

    /// Words of one block.
    static final int WORDS = 16;

    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Of the stream cipher.
    private static final int DOUBLE_ROUNDS = 10;

    private Salsa20() {}

    /// The state for a key and 16 bytes of input, of which XSalsa20 first makes a key of its own.
    ///
    /// @param key 8 words
    static int[] state(int[] key, int in0, int in1, int in2, int in3) {
        return new int[] {
            0x61707865,
            key[0],
            key[1],
            key[2],
            key[3],
            0x3320646E,
            in0,
            in1,
            in2,
            in3,
            0x79622D32,
            key[4],
            key[5],
            key[6],
            key[7],
            0x6B206574
        };
    }

    /// The state of XSalsa20 for its first block.
    ///
    /// @param key 8 words
    /// @param nonce 24 bytes
    static int[] extended(int[] key, byte[] nonce) {
        int[] state = state(key, word(nonce, 0), word(nonce, 4), word(nonce, 8), word(nonce, 12));
        int[] mixed = new int[WORDS];
        mix(state, mixed, DOUBLE_ROUNDS);
        int[] derived = {
            mixed[0], mixed[5], mixed[10], mixed[15], mixed[6], mixed[7], mixed[8], mixed[9],
        };
        return state(derived, word(nonce, 16), word(nonce, 20), 0, 0);
    }

    private static int word(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /// One block of the stream.
    ///
    /// @param block gets 16 words
    static void block(int[] state, int[] block) {
        block(state, block, DOUBLE_ROUNDS);
    }

    /// The same with fewer rounds.
    static void block(int[] state, int[] block, int doubleRounds) {
        mix(state, block, doubleRounds);
        for (int i = 0; i < WORDS; i++) {
            block[i] += state[i];
        }
    }

    /// Counts the state's blocks on.
    static void advance(int[] state, long blocks) {
        long counter = ((state[8] & 0xFFFFFFFFL) | ((long) state[9] << 32)) + blocks;
        state[8] = (int) counter;
        state[9] = (int) (counter >>> 32);
    }

    private static void mix(int[] in, int[] out, int doubleRounds) {
        int x0 = in[0];
        int x1 = in[1];
        int x2 = in[2];
        int x3 = in[3];
        int x4 = in[4];
        int x5 = in[5];
        int x6 = in[6];
        int x7 = in[7];
        int x8 = in[8];
        int x9 = in[9];
        int x10 = in[10];
        int x11 = in[11];
        int x12 = in[12];
        int x13 = in[13];
        int x14 = in[14];
        int x15 = in[15];
        for (int round = 0; round < doubleRounds; round++) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);

            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        out[0] = x0;
        out[1] = x1;
        out[2] = x2;
        out[3] = x3;
        out[4] = x4;
        out[5] = x5;
        out[6] = x6;
        out[7] = x7;
        out[8] = x8;
        out[9] = x9;
        out[10] = x10;
        out[11] = x11;
        out[12] = x12;
        out[13] = x13;
        out[14] = x14;
        out[15] = x15;
    }
}
