package io.skyferry.hash;

import io.skyferry.storage.HashType;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Optional;

/// Takes bytes as they pass and tells their checksum at the end. Not safe for several threads at once.
public interface Hasher {
    /// A fresh one.
    static Hasher of(HashType type) {
        return switch (type) {
            case XXH128 -> new Xxh128();
            case CRC32C -> new Crc32cHasher();
            case MD5 -> ofDigest("MD5");
            case SHA1 -> ofDigest("SHA-1");
            case SHA256 -> ofDigest("SHA-256");
        };
    }

    private static Hasher ofDigest(String algorithm) {
        Optional<SystemDigest> system = SystemDigest.of(algorithm);
        return system.isPresent() ? new SystemHasher(system.orElseThrow()) : new JdkHasher(algorithm);
    }

    /// Takes a stretch of an array.
    void update(byte[] bytes, int offset, int length);

    /// Takes a stretch of a segment, on the heap or off it.
    void update(MemorySegment bytes, long offset, long length);

    /// The checksum of all bytes since the start or the last reset; starts anew.
    byte[] digest();

    /// Forgets all bytes taken.
    void reset();

    /// The checksum as [io.skyferry.storage.Entry.File#hashes] writes it: lower-case hexadecimal text.
    default String hex() {
        return HexFormat.of().formatHex(digest());
    }

    /// The checksum of one array.
    static String hex(HashType type, byte[] bytes) {
        Hasher hasher = of(type);
        hasher.update(bytes, 0, bytes.length);
        return hasher.hex();
    }
}
