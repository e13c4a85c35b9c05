package io.skyferry.naming;

import java.util.HexFormat;
import java.util.Optional;

/// Puts names into a form that a [NamePolicy] allows, and back: pure, and reversible for every name.
///
/// What cannot be stored is replaced by a character that looks alike: control characters by the pictures
/// U+2401 to U+2421, a blank by U+2420, other ASCII by its full-width form; a byte that is no UTF-8
/// becomes U+201B and two hexadecimal digits; the first letter of a reserved name becomes full-width.
/// Where a name holds such a character by itself, U+201B stands before it. Names that rclone stored so
/// read the same here.
///
/// Source: rclone's overview of storage systems, section "Restricted filenames"; reserved names are ours.
public final class NameEncoder {
    private static final char QUOTE = '\u201B';
    private static final char PICTURES = '\u2400';
    private static final char PICTURE_OF_BLANK = '\u2420';
    private static final char PICTURE_OF_DELETE = '\u2421';
    private static final char FIRST_FULL_WIDTH = '\uFF01';
    private static final char LAST_FULL_WIDTH = '\uFF5E';
    private static final int TO_FULL_WIDTH = 0xFEE0;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final NamePolicy policy;

    /// Encodes for this policy.
    public NameEncoder(NamePolicy policy) {
        this.policy = policy;
    }

    /// The name as it is stored; the name itself where nothing is in the way. It may be too long to be
    /// stored.
    public String encode(String name) {
        if (!policy.rewrites() || isPlain(name)) {
            return name;
        }
        var out = new StringBuilder(name.length() + 8);
        int start = encodeReserved(name, out);
        for (int i = start; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isPair(name, i)) {
                out.append(c).append(name.charAt(i + 1));
                i++;
            } else if (isByte(c) && policy.bytes() == NamePolicy.Bytes.ENCODED) {
                out.append(QUOTE).append(HEX.toHexDigits((byte) c));
            } else if (isBarred(c, i, name.length())) {
                out.append(replacement(c));
            } else if (c == QUOTE || c == PICTURES || isBarred(original(c), i, name.length())) {
                out.append(QUOTE).append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Writes the first letter of a name that is reserved, or that looks like one that was encoded.
    ///
    /// @return where the rest begins
    private int encodeReserved(String name, StringBuilder out) {
        char first = name.charAt(0);
        if (policy.isReserved(name)) {
            out.append(replacement(first));
            return 1;
        }
        if (isFullWidth(first) && policy.isReserved(original(first) + name.substring(1))) {
            out.append(QUOTE).append(first);
            return 1;
        }
        return 0;
    }

    /// The name that is stored so; empty if no name is, because somebody else made it.
    public Optional<String> decode(String stored) {
        if (!policy.rewrites()) {
            return Optional.of(stored);
        }
        String name = isPlain(stored) ? stored : decodeAny(stored);
        return encode(name).equals(stored) ? Optional.of(name) : Optional.empty();
    }

    private String decodeAny(String stored) {
        var out = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            char next = i + 1 < stored.length() ? stored.charAt(i + 1) : 0;
            if (c == QUOTE && (next == QUOTE || isReplacement(next))) {
                out.append(next);
                i++;
            } else if (c == QUOTE && isHighByte(stored, i + 1)) {
                out.append((char) (0xDC00 | HexFormat.fromHexDigits(stored, i + 1, i + 3)));
                i += 2;
            } else if (isBarred(original(c), i, stored.length())) {
                out.append(original(c));
            } else {
                out.append(c);
            }
        }
        char first = stored.charAt(0);
        if (isFullWidth(first) && policy.isReserved(original(first) + out.substring(1))) {
            out.setCharAt(0, original(first));
        }
        return out.toString();
    }

    /// Whether a character may not stand at this place; NUL never does.
    private boolean isBarred(char c, int index, int length) {
        return c != 0
                && c < 0x80
                && (policy.forbidden().indexOf(c) >= 0
                        || (index == 0 && policy.notFirst().indexOf(c) >= 0)
                        || (index == length - 1 && policy.notLast().indexOf(c) >= 0));
    }

    /// Whether no rule can touch the name, seen at one glance.
    private boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x80 ? isBarred(c, i, name.length()) : c == QUOTE || isReplacement(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return !policy.isReserved(name);
    }

    private static char replacement(char c) {
        if (c < ' ') {
            return (char) (PICTURES + c);
        }
        return switch (c) {
            case ' ' -> PICTURE_OF_BLANK;
            case '\u007F' -> PICTURE_OF_DELETE;
            default -> (char) (c + TO_FULL_WIDTH);
        };
    }

    /// What a replacement stands for; the character itself if it is none.
    private static char original(char c) {
        if (isFullWidth(c)) {
            return (char) (c - TO_FULL_WIDTH);
        }
        return switch (c) {
            case PICTURE_OF_BLANK -> ' ';
            case PICTURE_OF_DELETE -> '\u007F';
            default -> c >= PICTURES && c < PICTURE_OF_BLANK ? (char) (c - PICTURES) : c;
        };
    }

    private static boolean isReplacement(char c) {
        return isFullWidth(c) || (c >= PICTURES && c <= PICTURE_OF_DELETE);
    }

    private static boolean isFullWidth(char c) {
        return c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH;
    }

    private static boolean isHighByte(String text, int at) {
        return at + 1 < text.length() && isHigh(text.charAt(at)) && isHex(text.charAt(at + 1));
    }

    private static boolean isHigh(char c) {
        return c == '8' || c == '9' || (c >= 'A' && c <= 'F');
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private static boolean isByte(char c) {
        return c >= 0xDC80 && c <= 0xDCFF;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /// Whether a name holds bytes that are no UTF-8.
    static boolean holdsBytes(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (isPair(name, i)) {
                i++;
            } else if (isByte(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
