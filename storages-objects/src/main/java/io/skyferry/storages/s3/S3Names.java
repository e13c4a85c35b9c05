package io.skyferry.storages.s3;

import io.skyferry.storage.RelPath;
import java.util.HexFormat;
import java.util.Optional;

/// Puts paths into keys and back, so that rclone sees the same names in a bucket as on the disk they came from.
///
/// A key is text: a byte that is no UTF-8 becomes U+201B and two hexadecimal digits, as in rclone. U+201B itself is
/// doubled where it would read as such. Everything else stays as it is: control characters, and also the stand-ins that
/// rclone has for slashes, dots and NUL, as its local storage reads them back to what they were.
///
/// Source: rclone's overview of storage systems, section "Restricted filenames", encoding `InvalidUtf8`; what rclone
/// 1.60 does with names of a Linux disk.
final class S3Names {
    private static final char QUOTE = '\u201B';
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private S3Names() {}

    /// The key of a path.
    static String encode(String path) {
        if (isPlain(path)) {
            return path;
        }
        var out = new StringBuilder(path.length() + 8);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (isLone(path, i)) {
                out.append(QUOTE).append(HEX.toHexDigits((byte) c));
            } else if (c == QUOTE && readsAsMore(path, i + 1)) {
                out.append(QUOTE).append(QUOTE);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Whether what follows would make a byte, or another of its kind, of a U+201B before it.
    private static boolean readsAsMore(String text, int at) {
        return at < text.length() && (text.charAt(at) == QUOTE || isLone(text, at) || isHighByte(text, at));
    }

    /// The path that is stored under a key; empty if none is, because somebody else made it.
    static Optional<String> decode(String key) {
        if (isPlain(key)) {
            return Optional.of(key);
        }
        var out = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == QUOTE && isHighByte(key, i + 1)) {
                out.append((char) (0xDC00 | HexFormat.fromHexDigits(key, i + 1, i + 3)));
                i += 2;
            } else {
                out.append(c);
                i += c == QUOTE && i + 1 < key.length() && key.charAt(i + 1) == QUOTE ? 1 : 0;
            }
        }
        String path = out.toString();
        return encode(path).equals(key) ? Optional.of(path) : Optional.empty();
    }

    /// Whether nothing in a path or key stands for anything else, seen at one glance.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= QUOTE && (c == QUOTE || isLone(text, i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a key is the path that is stored under it, letter by letter: one look at each, as this is asked of
    /// each key of a listing, nearly all of which are.
    static boolean isPath(String key) {
        int start = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '/') {
                if (isNoSegment(key, start, i)) {
                    return false;
                }
                start = i + 1;
            } else if (c == 0 || (c >= QUOTE && (c == QUOTE || isLone(key, i)))) {
                return false;
            }
        }
        return !isNoSegment(key, start, key.length());
    }

    private static boolean isNoSegment(String key, int start, int end) {
        int size = end - start;
        return size == 0 || (key.charAt(start) == '.' && (size == 1 || (size == 2 && key.charAt(start + 1) == '.')));
    }

    /// Whether a surrogate stands for a byte and is no half of a character.
    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        return Character.isSurrogate(c)
                && !(Character.isHighSurrogate(c)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1)))
                && !(Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
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
