package io.skyferry.hash;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A digest that the system's libcrypto computes.
final class SystemHasher implements Hasher {
    /// Bytes for one call, which no collection of garbage can interrupt: a fraction of a millisecond.
    private static final long STEP = 64 * 1024;

    private final SystemDigest digest;
    /// Made when bytes come: most hashers give one checksum and are left.
    private @Nullable MemorySegment context;

    SystemHasher(SystemDigest digest) {
        this.digest = digest;
    }

    private MemorySegment begun() {
        MemorySegment known = context;
        if (known == null) {
            known = digest.context();
            context = known;
        }
        return known;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        update(MemorySegment.ofArray(bytes), offset, length);
    }

    @Override
    public void update(MemorySegment bytes, long offset, long length) {
        MemorySegment into = begun();
        for (long at = 0; at < length; at += STEP) {
            long step = Math.min(STEP, length - at);
            // A slice checks that the bytes are there; what begins where the segment does needs none.
            boolean isStart = offset + at == 0 && step <= bytes.byteSize();
            digest.update(into, isStart ? bytes : bytes.asSlice(offset + at, step), step);
        }
    }

    @Override
    public byte[] digest() {
        byte[] value = digest.end(begun());
        reset();
        return value;
    }

    @Override
    public void reset() {
        context = null;
    }
}
