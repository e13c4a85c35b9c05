package io.skyferry.storages.s3.sign;

import io.skyferry.storage.RelPath;
import java.nio.charset.StandardCharsets;

/// Percent encoding as Amazon signs it: all bytes but the unreserved ones of RFC 3986.
///
/// Source: "Create a signed AWS API request" of the AWS General Reference, function `UriEncode()`.
public final class Percent {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private Percent() {}

    /// A name or value of a query.
    public static String ofValue(String text) {
        return encoded(text, false);
    }

    /// A key, whose slashes stay.
    public static String ofPath(String text) {
        return encoded(text, true);
    }

    private static String encoded(String text, boolean slashesStay) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain), slashesStay)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        byte[] bytes = RelPath.bytesOf(text);
        byte[] out = new byte[bytes.length * 3];
        int length = 0;
        for (byte one : bytes) {
            if (one > 0 && isPlain((char) one, slashesStay)) {
                out[length++] = one;
            } else {
                out[length++] = '%';
                out[length++] = DIGITS[(one >> 4) & 0xF];
                out[length++] = DIGITS[one & 0xF];
            }
        }
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isPlain(char c, boolean slashesStay) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~'
                || (slashesStay && c == '/');
    }

    /// The text of an encoded one; bytes that are no UTF-8 become lone surrogates.
    ///
    /// @param plus what a `+` stands for
    /// @throws IllegalArgumentException if two digits do not follow a `%`
    public static String decode(String text, PlusSign plus) {
        int special = 0;
        while (special < text.length() && text.charAt(special) != '%' && text.charAt(special) != '+') {
            special++;
        }
        if (special == text.length()) {
            return text;
        }
        byte[] bytes = RelPath.bytesOf(text);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                if (i + 2 >= bytes.length) {
                    throw new IllegalArgumentException(
                            "Want two digits behind each '%%' but have '%s'".formatted(text));
                }
                bytes[length++] = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
                i += 2;
            } else {
                bytes[length++] = bytes[i] == '+' && plus == PlusSign.IS_A_BLANK ? (byte) ' ' : bytes[i];
            }
        }
        return RelPath.textOf(bytes, 0, length);
    }

    /// What a `+` stands for.
    public enum PlusSign {
        /// A blank, as in forms and listings.
        IS_A_BLANK,
        /// Itself, as in paths.
        IS_ITSELF
    }

    private static int digit(byte c) {
        int value = Character.digit(c, 16);
        if (value < 0) {
            throw new IllegalArgumentException("Want two digits behind each '%%' but have '%s'".formatted((char) c));
        }
        return value;
    }
}
