package io.skyferry.hash;

import java.lang.foreign.MemorySegment;

/// A digest that the system's libcrypto computes.
final class SystemHasher implements Hasher {
    /// Bytes for one call, which no collection of garbage can interrupt: a fraction of a millisecond.
    private static final long STEP = 64 * 1024;

    private final SystemDigest digest;
    private int[] context;

    SystemHasher(SystemDigest digest) {
        this.digest = digest;
        this.context = digest.context();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        update(MemorySegment.ofArray(bytes), offset, length);
    }

    @Override
    public void update(MemorySegment bytes, long offset, long length) {
        for (long at = 0; at < length; at += STEP) {
            long step = Math.min(STEP, length - at);
            digest.update(context, bytes.asSlice(offset + at, step), step);
        }
    }

    @Override
    public byte[] digest() {
        byte[] value = digest.end(context);
        reset();
        return value;
    }

    @Override
    public void reset() {
        context = digest.context();
    }
}
