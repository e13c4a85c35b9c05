package io.skyferry.testkit;

import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/// One state of one file in a [MemoryStorage]; never changes.
final class MemoryFile {
    final RelPath path;
    final byte[] bytes;
    final Instant modTime;
    final Map<String, String> metadata;
    final String version;
    final String id;
    /// What call made it, to know that call when it is repeated.
    final String madeBy;

    final boolean flushed;
    private final Map<HashType, String> hashes = new EnumMap<>(HashType.class);

    MemoryFile(
            RelPath path,
            byte[] bytes,
            Instant modTime,
            Map<String, String> metadata,
            String version,
            String id,
            String madeBy,
            boolean flushed) {
        this.path = path;
        this.bytes = bytes;
        this.modTime = modTime;
        this.metadata = Map.copyOf(metadata);
        this.version = version;
        this.id = id;
        this.madeBy = madeBy;
        this.flushed = flushed;
    }

    /// The same content elsewhere, in a new state.
    MemoryFile movedTo(RelPath to, String newVersion, String by) {
        return new MemoryFile(to, bytes, modTime, metadata, newVersion, id, by, false);
    }

    /// The same content with another time, in a new state.
    MemoryFile withTime(Instant time, String newVersion, String by) {
        return new MemoryFile(path, bytes, time, metadata, newVersion, id, by, flushed);
    }

    /// The same state on the medium.
    MemoryFile onMedium() {
        return flushed ? this : new MemoryFile(path, bytes, modTime, metadata, version, id, madeBy, true);
    }

    /// Other bytes that nobody wrote, as a loss of power leaves them.
    MemoryFile torn(byte[] left, String newVersion) {
        return new MemoryFile(path, left, modTime, metadata, newVersion, id, madeBy, true);
    }

    /// @param time empty: any
    boolean isMadeOf(byte[] others, Optional<Instant> time, Map<String, String> fields) {
        return Arrays.equals(bytes, others) && time.map(modTime::equals).orElse(true) && metadata.equals(fields);
    }

    /// Hashes of these types, each computed once.
    synchronized Map<HashType, String> hashes(Set<HashType> types) {
        types.forEach(type -> hashes.computeIfAbsent(type, wanted -> hash(wanted, bytes)));
        return Map.copyOf(hashes);
    }

    static String hash(HashType type, byte[] bytes) {
        return switch (type) {
            case MD5 -> digest("MD5", bytes);
            case SHA1 -> digest("SHA-1", bytes);
            case SHA256 -> digest("SHA-256", bytes);
            case CRC32C -> crc32c(bytes);
            case XXH128 -> ReferenceXxh128.hex(bytes);
        };
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has " + algorithm, missing);
        }
    }

    private static String crc32c(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
