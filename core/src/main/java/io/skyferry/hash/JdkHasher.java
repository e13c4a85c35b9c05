package io.skyferry.hash;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The digests that every JDK has.
final class JdkHasher implements Hasher {
    private static final long STEP = 1L << 20;

    /// Digests of each algorithm that were never fed: looking one up among the providers costs more than
    /// hashing a small file.
    private static final ConcurrentMap<String, MessageDigest> FRESH = new ConcurrentHashMap<>();

    private final MessageDigest digest;

    JdkHasher(String algorithm) {
        digest = copyOf(FRESH.computeIfAbsent(algorithm, JdkHasher::found));
    }

    private static MessageDigest found(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK must have %s".formatted(algorithm), missing);
        }
    }

    private static MessageDigest copyOf(MessageDigest fresh) {
        try {
            return (MessageDigest) fresh.clone();
        } catch (CloneNotSupportedException plain) {
            // A provider whose digests cannot be copied.
            return found(fresh.getAlgorithm());
        }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    @Override
    public void update(MemorySegment bytes, long offset, long length) {
        for (long at = 0; at < length; at += STEP) {
            digest.update(
                    bytes.asSlice(offset + at, Math.min(STEP, length - at)).asByteBuffer());
        }
    }

    @Override
    public byte[] digest() {
        return digest.digest();
    }

    @Override
    public void reset() {
        digest.reset();
    }
}
