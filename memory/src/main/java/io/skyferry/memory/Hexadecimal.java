package io.skyferry.memory;

/// Texts that are lower-case hexadecimal digits, as hashes are.
final class Hexadecimal {
    private Hexadecimal() {}

    /// Whether the text is made of pairs of lower-case digits, so that it can be had back from bytes.
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return text.length() % 2 == 0;
    }

    /// The bytes of such a text.
    static byte[] bytesOf(String text) {
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digit(text.charAt(2 * i)) << 4 | digit(text.charAt(2 * i + 1)));
        }
        return bytes;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
