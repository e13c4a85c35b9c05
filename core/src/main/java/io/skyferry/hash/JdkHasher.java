package io.skyferry.hash;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digests that every JDK has.
final class JdkHasher implements Hasher {
    private static final long STEP = 1L << 20;

    private final MessageDigest digest;

    JdkHasher(String algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK must have %s".formatted(algorithm), missing);
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
