package io.skyferry.hash;

import io.skyferry.storage.HashType;

/// A checksum that only who has the key can make. Not safe for several threads at once.
///
/// The JDK's own asks every jar for a provider when it is first used, which takes a short run longer than all its
/// signatures.
///
/// Source: RFC 2104.
public final class Hmac {
    /// Bytes that each of the digests taken here works on at a time.
    private static final int BLOCK = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final Hasher hasher;
    private final byte[] inner;
    private final byte[] outer;

    /// @param type MD5, SHA1 or SHA256
    /// @param key of any length
    public Hmac(HashType type, byte[] key) {
        this.hasher = switch (type) {
            case MD5, SHA1, SHA256 -> Hasher.of(type);
            case XXH128, CRC32C -> throw new IllegalArgumentException("Want a digest but have %s".formatted(type));
        };
        byte[] used = key.length > BLOCK ? digest(key) : key;
        this.inner = padded(used, INNER);
        this.outer = padded(used, OUTER);
    }

    private static byte[] padded(byte[] key, byte with) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= with;
        }
        return block;
    }

    private byte[] digest(byte[]... parts) {
        for (byte[] part : parts) {
            hasher.update(part, 0, part.length);
        }
        return hasher.digest();
    }

    /// The checksum of parts that stand one behind the other.
    public byte[] of(byte[]... parts) {
        hasher.update(inner, 0, BLOCK);
        byte[] inside = digest(parts);
        return digest(outer, inside);
    }
}
