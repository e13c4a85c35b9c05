package io.skyferry.crypt.box;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Plain loops over many blocks at once, shaped so that the compiler makes vector code of them by itself.
///
/// Word `w` of all blocks lies together, so each step of the cipher is one loop over neighbours. Needs
/// no module and no flag; where the compiler does not see its chance, it is as slow as plain arithmetic
/// and as right.
final class WideKernel implements SecretBoxKernel {
    /// Blocks at once: 16 KiB of state stays in the first cache.
    private static final int LANES = 256;

    private static final int CHUNK = LANES * Salsa20.BLOCK;

    /// Below this, plain arithmetic costs less than a chunk of which the greater part is thrown away.
    private static final int LEAST = CHUNK / 4;

    private static final int DOUBLE_ROUNDS = 10;

    private final ScalarKernel scalar = new ScalarKernel();
    private final Tags tags = TagRace.withJdk(scalar::tag);

    /// Room that is used again: fresh room for every block would keep the garbage collector busy in a small heap.
    private final Queue<Room> idle = new ConcurrentLinkedQueue<>();

    /// What one call computes in.
    private static final class Room {
        private final int[] words = new int[Salsa20.WORDS * LANES];
        private final byte[] filled = new byte[CHUNK];
    }

    @Override
    public String name() {
        return "wide";
    }

    @Override
    public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        if (length < LEAST) {
            scalar.xor(state, from, fromAt, to, toAt, length);
            return;
        }
        Room room = idle.poll();
        if (room == null) {
            room = new Room();
        }
        int[] counting = state.clone();
        int done = 0;
        for (; length - done >= CHUNK; done += CHUNK) {
            chunk(counting, room.words, from, fromAt + done, to, toAt + done);
        }
        int rest = length - done;
        if (rest < LEAST) {
            scalar.xor(counting, from, fromAt + done, to, toAt + done, rest);
        } else {
            // A block of a file ends just short of a chunk: the rest is filled up, which costs less than plain
            // arithmetic.
            System.arraycopy(from, fromAt + done, room.filled, 0, rest);
            chunk(counting, room.words, room.filled, 0, room.filled, 0);
            System.arraycopy(room.filled, 0, to, toAt + done, rest);
        }
        idle.offer(room);
    }

    private static void chunk(int[] counting, int[] words, byte[] from, int fromAt, byte[] to, int toAt) {
        spread(counting, words);
        for (int round = 0; round < DOUBLE_ROUNDS; round++) {
            columns(words);
            rows(words);
        }
        combine(counting, words, from, fromAt, to, toAt);
        Salsa20.advance(counting, LANES);
    }

    @Override
    public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        tags.tag(key, message, at, length, tag);
    }

    private static void spread(int[] state, int[] words) {
        for (int word = 0; word < Salsa20.WORDS; word++) {
            Arrays.fill(words, word * LANES, (word + 1) * LANES, state[word]);
        }
        for (int i = 0; i < LANES; i++) {
            int low = state[8] + i;
            words[8 * LANES + i] = low;
            words[9 * LANES + i] = state[9] + (Integer.compareUnsigned(low, state[8]) < 0 ? 1 : 0);
        }
    }

    private static void columns(int[] x) {
        quarter(x, 0, 4 * LANES, 8 * LANES, 12 * LANES);
        quarter(x, 5 * LANES, 9 * LANES, 13 * LANES, LANES);
        quarter(x, 10 * LANES, 14 * LANES, 2 * LANES, 6 * LANES);
        quarter(x, 15 * LANES, 3 * LANES, 7 * LANES, 11 * LANES);
    }

    private static void rows(int[] x) {
        quarter(x, 0, LANES, 2 * LANES, 3 * LANES);
        quarter(x, 5 * LANES, 6 * LANES, 7 * LANES, 4 * LANES);
        quarter(x, 10 * LANES, 11 * LANES, 8 * LANES, 9 * LANES);
        quarter(x, 15 * LANES, 12 * LANES, 13 * LANES, 14 * LANES);
    }

    /// One loop: each word is read and written once, and the compiler, which knows the four places once this
    /// is inlined, sees that they do not overlap.
    private static void quarter(int[] x, int atA, int atB, int atC, int atD) {
        for (int i = 0; i < LANES; i++) {
            int a = x[atA + i];
            int d = x[atD + i];
            int b = x[atB + i] ^ Integer.rotateLeft(a + d, 7);
            x[atB + i] = b;
            int c = x[atC + i] ^ Integer.rotateLeft(b + a, 9);
            x[atC + i] = c;
            d ^= Integer.rotateLeft(c + b, 13);
            x[atD + i] = d;
            x[atA + i] = a ^ Integer.rotateLeft(d + c, 18);
        }
    }

    private static void combine(int[] state, int[] words, byte[] from, int fromAt, byte[] to, int toAt) {
        for (int i = 0; i < LANES; i++) {
            int low = state[8] + i;
            int high = state[9] + (Integer.compareUnsigned(low, state[8]) < 0 ? 1 : 0);
            words[8 * LANES + i] += low - state[8];
            words[9 * LANES + i] += high - state[9];
        }
        for (int i = 0; i < LANES; i++) {
            int offset = i * Salsa20.BLOCK;
            for (int word = 0; word < Salsa20.WORDS; word++) {
                int stream = words[word * LANES + i] + state[word];
                int mixed = (int) Salsa20.INTS.get(from, fromAt + offset + 4 * word) ^ stream;
                Salsa20.INTS.set(to, toAt + offset + 4 * word, mixed);
            }
        }
    }
}
