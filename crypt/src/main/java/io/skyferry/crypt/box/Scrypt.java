package io.skyferry.crypt.box;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Derives keys from passwords at a cost of time and memory.
///
/// Source: RFC 7914.
public final class Scrypt {
    private static final String HMAC = "HmacSHA256";

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
        Mac mac = keyed(password);
        byte[] mixed = stretched(mac, salt, cost.lanes() * cost.words() * Integer.BYTES);
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
        return stretched(mac, mixed, bytes);
    }

    /// An empty key is the same as one of zeros, which are what keys are filled up with.
    private static Mac keyed(byte[] password) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK must have %s".formatted(HMAC), impossible);
        }
    }

    /// PBKDF2 with one iteration.
    private static byte[] stretched(Mac mac, byte[] salt, int bytes) {
        byte[] out = new byte[Math.ceilDiv(bytes, mac.getMacLength()) * mac.getMacLength()];
        for (int i = 0; i * mac.getMacLength() < bytes; i++) {
            mac.update(salt);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(i + 1).flip());
            System.arraycopy(mac.doFinal(), 0, out, i * mac.getMacLength(), mac.getMacLength());
        }
        return Arrays.copyOf(out, bytes);
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
