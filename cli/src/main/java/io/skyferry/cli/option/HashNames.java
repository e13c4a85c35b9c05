package io.skyferry.cli.option;

import io.skyferry.storage.HashType;
import java.util.Locale;

/// How users call hashes: `md5`, `sha1`, `sha256`, `crc32c`, `xxh128`, also as rclone writes them (`MD5`, `SHA-1`).
public final class HashNames {
    private HashNames() {}

    /// The name in listings.
    public static String of(HashType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /// The hash of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static HashType parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT).replace("-", "")) {
            case "md5" -> HashType.MD5;
            case "sha1" -> HashType.SHA1;
            case "sha256" -> HashType.SHA256;
            case "crc32c" -> HashType.CRC32C;
            case "xxh128" -> HashType.XXH128;
            default ->
                throw new IllegalArgumentException(
                        "Want one of md5, sha1, sha256, crc32c and xxh128 but have '%s'".formatted(text));
        };
    }
}
