package io.skyferry.crypt.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A stretch of another stream. For one thread.
public final class StretchStream extends InputStream {
    private final InputStream whole;
    private long left;

    private StretchStream(InputStream whole, long length) {
        this.whole = whole;
        this.left = length;
    }

    /// Leaves out what comes first.
    ///
    /// @param start how many bytes to leave out first
    /// @param length how many to give at most
    /// @throws IOException as the other stream does, which is closed then
    public static InputStream of(InputStream whole, long start, long length) throws IOException {
        try {
            whole.skipNBytes(start);
            return new StretchStream(whole, length);
        } catch (IOException failure) {
            whole.close();
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int value = whole.read();
        left -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (left == 0 && length > 0) {
            return -1;
        }
        int count = whole.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
