package io.skyferry.testkit;

import java.io.IOException;
import java.io.InputStream;

/// Lets so many bytes through, then breaks.
final class BreakingStream extends InputStream {
    private final InputStream inner;
    private final Breaking breaking;
    private long left;

    /// What happens when enough bytes went through; always throws.
    interface Breaking {
        void now() throws IOException;
    }

    BreakingStream(InputStream inner, long afterBytes, Breaking breaking) {
        this.inner = inner;
        this.left = afterBytes;
        this.breaking = breaking;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            breaking.now();
        }
        int count = inner.read(to, offset, (int) Math.min(length, Math.max(1, left)));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
