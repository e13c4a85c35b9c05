package io.skyferry.http;

import io.skyferry.hash.Hasher;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A stream whose bytes are hashed on their way through.
public final class HashedStream extends FilterInputStream {
    private final List<Hasher> hashers;

    /// @param hashers take each byte that is read; skipped bytes are read as well
    public HashedStream(InputStream inner, List<Hasher> hashers) {
        super(inner);
        this.hashers = hashers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int count = in.read(to, offset, length);
        if (count > 0) {
            for (Hasher hasher : hashers) {
                hasher.update(to, offset, count);
            }
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] nowhere = new byte[(int) Math.clamp(count, 0L, 8192L)];
        long skipped = 0;
        while (skipped < count) {
            int step = read(nowhere, 0, (int) Math.min(nowhere.length, count - skipped));
            if (step < 0) {
                return skipped;
            }
            skipped += step;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
