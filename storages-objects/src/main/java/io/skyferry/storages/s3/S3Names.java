package io.skyferry.storages.s3;

import io.skyferry.storage.RelPath;
import java.util.HexFormat;
import java.util.Optional;

/// Puts paths into keys and back, as rclone's S3 storage does by default, so that both see the same names.
///
/// A key is text: a byte that is no UTF-8 becomes U+201B and two hexadecimal digits. U+201B also stands before
/// characters that rclone reads as stand-ins: U+FF0F for a slash, U+2400 for NUL, U+FF0E as a whole name for `.`, and
/// before itself. Everything else stays as it is, control characters too.
///
/// Source: rclone's overview of storage systems, section "Restricted filenames", encoding `Slash,InvalidUtf8,Dot`.
final class S3Names {
    private static final char QUOTE = '\u201B';
    private static final char SLASH = '\uFF0F';
    private static final char NUL = '\u2400';
    private static final String DOT = "\uFF0E";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private S3Names() {}

    /// The key of a path.
    static String encode(String path) {
        if (isPlain(path)) {
            return path;
        }
        var out = new StringBuilder(path.length() + 8);
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int stop = slash < 0 ? path.length() : slash;
            encodeName(path.substring(start, stop), out);
            if (slash >= 0) {
                out.append('/');
            }
            start = stop + 1;
        }
        return out.toString();
    }

    private static void encodeName(String name, StringBuilder out) {
        if (name.equals(DOT) || name.equals(DOT + DOT)) {
            name.chars().forEach(dot -> out.append(QUOTE).append((char) dot));
            return;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                out.append(c).append(name.charAt(i + 1));
                i++;
            } else if (Character.isSurrogate(c)) {
                out.append(QUOTE).append(HEX.toHexDigits((byte) c));
            } else if (isSpecial(c)) {
                out.append(QUOTE).append(c);
            } else {
                out.append(c);
            }
        }
    }

    /// The path that is stored under a key; empty if none is, because somebody else made it.
    static Optional<String> decode(String key) {
        if (isPlain(key)) {
            return Optional.of(key);
        }
        var out = new StringBuilder(key.length());
        int start = 0;
        while (start <= key.length()) {
            int slash = key.indexOf('/', start);
            int stop = slash < 0 ? key.length() : slash;
            decodeName(key.substring(start, stop), out);
            if (slash >= 0) {
                out.append('/');
            }
            start = stop + 1;
        }
        String path = out.toString();
        return encode(path).equals(key) ? Optional.of(path) : Optional.empty();
    }

    private static void decodeName(String name, StringBuilder out) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != QUOTE || i + 1 == name.length()) {
                out.append(c);
            } else if (isHighByte(name, i + 1)) {
                out.append((char) (0xDC00 | HexFormat.fromHexDigits(name, i + 1, i + 3)));
                i += 2;
            } else {
                out.append(name.charAt(i + 1));
                i++;
            }
        }
    }

    /// Whether nothing in a path or key stands for anything else, seen at one glance.
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= QUOTE && (isSpecial(c) || c == DOT.charAt(0) || isLone(text, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        return Character.isSurrogate(c)
                && !(Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1)))
                && !(Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static boolean isSpecial(char c) {
        return c == QUOTE || c == SLASH || c == NUL;
    }

    private static boolean isHighByte(String text, int at) {
        return at + 1 < text.length() && "89ABCDEF".indexOf(text.charAt(at)) >= 0 && isHex(text.charAt(at + 1));
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    /// What keeps a key from being a path; empty when nothing does.
    static Optional<String> faultOf(String key) {
        Optional<String> path = decode(key);
        return path.isEmpty()
                ? Optional.of("it is a spelling that is never written")
                : RelPath.faultOf(path.orElseThrow());
    }
}
