package io.skyferry.storage;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A path below a storage's root: segments parted by `/`, sorted by its UTF-8 bytes.
///
/// A name on a disk need not be UTF-8. Each byte that is not part of a well-formed character is held as
/// one lone low surrogate, U+DC80 for 0x80 to U+DCFF for 0xFF, so that every name a disk can hold has
/// exactly one text and back (the scheme is Python's PEP 383, "surrogateescape").
///
/// @param text empty for the root; no segment is empty, `.` or `..`, and none holds NUL
public record RelPath(String text) implements Comparable<RelPath> {
    /// The storage's root itself.
    public static final RelPath ROOT = new RelPath("");

    private static final char FIRST_SURROGATE = Character.MIN_SURROGATE;

    /// Checks the invariants.
    ///
    /// @throws IllegalArgumentException naming what is wrong with the text
    public RelPath {
        Optional<String> fault = faultOf(text);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(
                    "Want a relative path but have '%s': %s".formatted(text, fault.orElseThrow()));
        }
    }

    /// What keeps this text from being a path; empty when nothing does.
    public static Optional<String> faultOf(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.indexOf(0) >= 0) {
            return Optional.of("it holds NUL");
        }
        int start = 0;
        while (true) {
            int slash = text.indexOf('/', start);
            int size = (slash < 0 ? text.length() : slash) - start;
            if (size == 0) {
                return Optional.of("a segment is empty");
            }
            if (text.charAt(start) == '.' && (size == 1 || (size == 2 && text.charAt(start + 1) == '.'))) {
                return Optional.of("a segment is '.' or '..'");
            }
            if (slash < 0) {
                return Optional.empty();
            }
            start = slash + 1;
        }
    }

    /// The path of these bytes; bytes that are no UTF-8 are kept as lone surrogates.
    ///
    /// @throws IllegalArgumentException if they are no relative path
    public static RelPath ofBytes(byte[] bytes) {
        return new RelPath(textOf(bytes, 0, bytes.length));
    }

    /// The text of a stretch of bytes, reversible by [#bytesOf(String)].
    public static String textOf(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return decoded(bytes, offset, length);
            }
        }
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String decoded(byte[] bytes, int offset, int length) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes, offset, length);
        var out = CharBuffer.allocate(length);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (0xDC00 | (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    /// The bytes that a text made by [#textOf(byte\[\], int, int)] came from.
    ///
    /// @throws IllegalArgumentException if the text holds a surrogate that stands for no byte
    public static byte[] bytesOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_SURROGATE) {
                return encoded(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encoded(String text) {
        var out = ByteBuffer.allocate(text.length() * 3);
        int clean = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                putClean(text, clean, i, out);
                if (c < 0xDC80 || c > 0xDCFF) {
                    throw new IllegalArgumentException("Want text but have the lone surrogate U+%s at position %s"
                            .formatted(Integer.toHexString(c), i));
                }
                out.put((byte) c);
                clean = i + 1;
            }
        }
        putClean(text, clean, text.length(), out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static void putClean(String text, int from, int to, ByteBuffer out) {
        try {
            out.put(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, from, to)));
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException("Well-formed text could not be encoded", impossible);
        }
    }

    /// Whether this is the storage's root.
    public boolean isRoot() {
        return text.isEmpty();
    }

    /// The bytes of the path as they stand on a disk or in a key.
    public byte[] bytes() {
        return bytesOf(text);
    }

    /// The last segment; empty for the root.
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /// All but the last segment; the root for a path of one segment and for the root itself.
    public RelPath parent() {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? ROOT : new RelPath(text.substring(0, slash));
    }

    /// This path and one or more segments below it.
    public RelPath resolve(String below) {
        return isRoot() ? new RelPath(below) : new RelPath(text + "/" + below);
    }

    /// Whether the other path is this one or lies below it.
    public boolean holds(RelPath other) {
        return isRoot()
                || (other.text.startsWith(text)
                        && (other.text.length() == text.length() || other.text.charAt(text.length()) == '/'));
    }

    /// Order of the UTF-8 bytes, unsigned: that of object stores, not that of [String].
    @Override
    public int compareTo(RelPath other) {
        return compareTexts(text, other.text);
    }

    /// Compares two texts as their bytes compare.
    public static int compareTexts(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Up to U+D7FF chars sort as their UTF-8 bytes do; surrogates and what follows them do not.
                return x < FIRST_SURROGATE && y < FIRST_SURROGATE
                        ? Character.compare(x, y)
                        : Arrays.compareUnsigned(bytesOf(a), bytesOf(b));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    // Written out, as is the hash: what the compiler would put here is linked at run time, which a small run feels.
    @Override
    public boolean equals(Object other) {
        return other instanceof RelPath path && text.equals(path.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
