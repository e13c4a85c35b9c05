package io.skyferry.crypt.box;

import io.skyferry.hash.Hmac;
import io.skyferry.storage.HashType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Derives keys from passwords at a cost of time and memory.
///
/// Source: RFC 7914.
public final class Scrypt {
    private static final int HMAC_BYTES = 32;

    /// Four double rounds: Salsa20/8.
    private static final int DOUBLE_ROUNDS = 4;

    private Scrypt() {}

    /// What a derivation costs.
    ///
    /// @param rounds N of the RFC, a power of two
    /// @param block r of the RFC, in units of 128 bytes; `128 * rounds * block` bytes are taken for a moment
    /// @param lanes p of the RFC
    public record Cost(int rounds, int block, int lanes) {
        /// Refuses what the RFC has no meaning for.
        public Cost {
            if (rounds < 2 || Integer.bitCount(rounds) != 1 || block < 1 || lanes < 1) {
                throw new IllegalArgumentException(
                        "Want a power of two, and 1 or more, but have %s, %s, %s".formatted(rounds, block, lanes));
            }
        }

        private int words() {
            return 2 * block * Salsa20.WORDS;
        }
    }

    /// Derives a key.
    ///
    /// @param bytes how many the key has
    public static byte[] derive(byte[] password, byte[] salt, Cost cost, int bytes) {
        var hmac = new Hmac(HashType.SHA256, password);
        byte[] mixed = stretched(hmac, salt, cost.lanes() * cost.words() * Integer.BYTES);
        ByteBuffer all = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN);
        int[] table = new int[cost.rounds() * cost.words()];
        int[] lane = new int[cost.words()];
        for (int i = 0; i < cost.lanes(); i++) {
            int at = i * cost.words() * Integer.BYTES;
            all.slice(at, cost.words() * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .get(lane);
            mix(lane, table, cost);
            all.slice(at, cost.words() * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .put(lane);
        }
        return stretched(hmac, mixed, bytes);
    }

    /// PBKDF2 with one iteration.
    private static byte[] stretched(Hmac hmac, byte[] salt, int bytes) {
        byte[] out = new byte[bytes];
        int number = 0;
        for (int at = 0; at < bytes; at += HMAC_BYTES) {
            number++;
            byte[] block = hmac.of(
                    salt, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
            System.arraycopy(block, 0, out, at, Math.min(HMAC_BYTES, bytes - at));
        }
        return out;
    }

    /// `ROMix` of the RFC: fills a table, then goes through it in an order that only its own content tells.
    private static void mix(int[] lane, int[] table, Cost cost) {
        int words = cost.words();
        int[] from = lane.clone();
        int[] to = new int[words];
        for (int round = 0; round < cost.rounds(); round++) {
            System.arraycopy(from, 0, table, round * words, words);
            blockMix(from, to);
            int[] free = from;
            from = to;
            to = free;
        }
        for (int round = 0; round < cost.rounds(); round++) {
            int row = (from[words - Salsa20.WORDS] & (cost.rounds() - 1)) * words;
            for (int i = 0; i < words; i++) {
                from[i] ^= table[row + i];
            }
            blockMix(from, to);
            int[] free = from;
            from = to;
            to = free;
        }
        System.arraycopy(from, 0, lane, 0, words);
    }

    /// `BlockMix` of the RFC: even blocks go to the first half, odd ones to the second.
    private static void blockMix(int[] from, int[] to) {
        int blocks = from.length / Salsa20.WORDS;
        int[] state = Arrays.copyOfRange(from, from.length - Salsa20.WORDS, from.length);
        int[] mixed = new int[Salsa20.WORDS];
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < Salsa20.WORDS; i++) {
                state[i] ^= from[block * Salsa20.WORDS + i];
            }
            Salsa20.block(state, mixed, DOUBLE_ROUNDS);
            System.arraycopy(mixed, 0, state, 0, Salsa20.WORDS);
            int place = block / 2 + (block % 2 == 0 ? 0 : blocks / 2);
            System.arraycopy(mixed, 0, to, place * Salsa20.WORDS, Salsa20.WORDS);
        }
    }
}
