package io.skyferry.storages.s3.wire;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What an ETag tells of the bytes.
public final class Etags {
    private static final int MD5_DIGITS = 32;

    private Etags() {}

    /// Without the quotes around it.
    public static String bare(String etag) {
        String stripped = etag.strip();
        String strong = stripped.startsWith("W/") ? stripped.substring(2) : stripped;
        return strong.length() >= 2 && strong.startsWith("\"") && strong.endsWith("\"")
                ? strong.substring(1, strong.length() - 1)
                : strong;
    }

    /// The MD5 of the content, if that is what it can be: 32 hexadecimal digits.
    public static Optional<String> md5(String etag) {
        return isMd5(etag) ? Optional.of(etag) : Optional.empty();
    }

    /// Whether it can be the MD5 of the content.
    public static boolean isMd5(String etag) {
        if (etag.length() != MD5_DIGITS) {
            return false;
        }
        for (int i = 0; i < MD5_DIGITS; i++) {
            char c = etag.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!digit) {
                return false;
            }
        }
        return true;
    }

    /// What Amazon calls a file that was made of these parts: the MD5 of their MD5s, and how many they were; empty
    /// where a part's tag is no MD5.
    public static Optional<String> ofParts(List<String> tags) {
        Hasher md5 = Hasher.of(HashType.MD5);
        for (String tag : tags) {
            if (md5(tag).isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes = HexFormat.of().parseHex(tag);
            md5.update(bytes, 0, bytes.length);
        }
        return Optional.of(md5.hex() + "-" + tags.size());
    }
}
