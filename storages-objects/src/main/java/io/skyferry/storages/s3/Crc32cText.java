package io.skyferry.storages.s3;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// CRC-32C as S3 writes it, and of what is put together.
final class Crc32cText {
    /// Castagnoli's polynomial, its bits reversed.
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int BITS = 32;

    private Crc32cText() {}

    /// The hexadecimal digits of a checksum in Base64; empty for what is none, as those of parts alone, `...-3`.
    static Optional<String> hex(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == Integer.BYTES ? Optional.of(HexFormat.of().formatHex(bytes)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            // Another kind of checksum, which nothing here was compared with.
            return Optional.empty();
        }
    }

    /// Whether a text has the form of a checksum in hexadecimal digits.
    static boolean isHex(String text) {
        return text.length() == 2 * Integer.BYTES
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// The checksum of two stretches behind one another, from those of each, in hexadecimal digits.
    ///
    /// Zeros behind the first one change its remainder by a linear map, which is squared for each bit
    /// of their number.
    ///
    /// @param length of the second stretch, in bytes
    static String combined(String first, String second, long length) {
        int crc = HexFormat.fromHexDigits(first);
        int[] map = ofOneZeroBit();
        for (int doubling = 0; doubling < 3; doubling++) {
            map = squared(map);
        }
        for (long left = length; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                crc = applied(map, crc);
            }
            map = squared(map);
        }
        return HexFormat.of().toHexDigits(crc ^ HexFormat.fromHexDigits(second));
    }

    private static int[] ofOneZeroBit() {
        int[] map = new int[BITS];
        map[0] = POLYNOMIAL;
        for (int bit = 1; bit < BITS; bit++) {
            map[bit] = 1 << (bit - 1);
        }
        return map;
    }

    private static int applied(int[] map, int vector) {
        int sum = 0;
        for (int bit = 0; bit < BITS; bit++) {
            if ((vector >>> bit & 1) != 0) {
                sum ^= map[bit];
            }
        }
        return sum;
    }

    private static int[] squared(int[] map) {
        int[] square = new int[BITS];
        for (int bit = 0; bit < BITS; bit++) {
            square[bit] = applied(map, map[bit]);
        }
        return square;
    }
}
