package io.skyferry.crypt.name;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// How the bytes of an encrypted name are written as text.
///
/// Each gives one text for some bytes. Reading takes no other text for them, but for capital letters in
/// `base32`.
public enum NameEncoding {
    /// RFC 4648, "base32hex", small letters, no padding: for storages that fold case.
    BASE32("base32") {
        @Override
        public String encode(byte[] bytes) {
            return Base32.encode(bytes);
        }

        @Override
        public Optional<byte[]> decode(String text) {
            return Base32.decode(text);
        }
    },
    /// RFC 4648, "base64url", no padding: shorter, for storages that keep case.
    BASE64("base64") {
        @Override
        public String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        @Override
        public Optional<byte[]> decode(String text) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
            } catch (IllegalArgumentException foreign) {
                return Optional.empty();
            }
        }
    },
    /// 15 bits a character: shortest for storages that count characters.
    BASE32768("base32768") {
        @Override
        public String encode(byte[] bytes) {
            return Base32768.encode(bytes);
        }

        @Override
        public Optional<byte[]> decode(String text) {
            return Base32768.decode(text)
                    .filter(bytes -> Base32768.encode(bytes).equals(text));
        }
    };

    private final String label;

    NameEncoding(String label) {
        this.label = label;
    }

    /// The word for it in settings.
    public String label() {
        return label;
    }

    /// The text for some bytes.
    public abstract String encode(byte[] bytes);

    /// The bytes of a text; empty if it stands for none.
    public abstract Optional<byte[]> decode(String text);

    /// Base 32 in the alphabet that keeps the order of the bytes.
    private static final class Base32 {
        private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
        private static final byte[] VALUES = new byte[128];

        static {
            Arrays.fill(VALUES, (byte) -1);
            for (int i = 0; i < DIGITS.length(); i++) {
                VALUES[DIGITS.charAt(i)] = (byte) i;
                VALUES[Character.toUpperCase(DIGITS.charAt(i))] = (byte) i;
            }
        }

        private Base32() {}

        static String encode(byte[] bytes) {
            var text = new StringBuilder((bytes.length * 8 + 4) / 5);
            int held = 0;
            int bits = 0;
            for (byte b : bytes) {
                held = (held << 8) | (b & 0xFF);
                bits += 8;
                while (bits >= 5) {
                    bits -= 5;
                    text.append(DIGITS.charAt((held >>> bits) & 31));
                }
                held &= (1 << bits) - 1;
            }
            if (bits > 0) {
                text.append(DIGITS.charAt((held << (5 - bits)) & 31));
            }
            return text.toString();
        }

        static Optional<byte[]> decode(String text) {
            byte[] bytes = new byte[text.length() * 5 / 8];
            int held = 0;
            int bits = 0;
            int at = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= VALUES.length || VALUES[c] < 0) {
                    return Optional.empty();
                }
                held = (held << 5) | VALUES[c];
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    bytes[at++] = (byte) (held >>> bits);
                }
                held &= (1 << bits) - 1;
            }
            // What is left over must be nothing, and less than a digit.
            return bits < 5 && held == 0 ? Optional.of(bytes) : Optional.empty();
        }
    }
}
