package io.skyferry.testkit;

import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A stretch of a file in memory that gives its last bytes only after one more look at the file.
final class MemoryBody extends InputStream {
    private final byte[] bytes;
    private final int end;
    private final Runnable look;
    private int position;
    private boolean looked;
    private boolean closed;

    /// @param look throws if another version is there by now
    MemoryBody(byte[] bytes, long offset, long length, Runnable look) {
        this.bytes = bytes;
        this.position = (int) Math.min(offset, bytes.length);
        this.end = (int) (position + Math.min(length, bytes.length - position));
        this.look = look;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (closed) {
            throw new IOException("Want bytes but the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, end - position);
        if (position + count == end) {
            lookOnce();
        }
        if (count == 0) {
            return -1;
        }
        System.arraycopy(bytes, position, to, offset, count);
        position += count;
        return count;
    }

    private void lookOnce() throws IOException {
        if (looked) {
            return;
        }
        try {
            look.run();
            looked = true;
        } catch (StorageException failure) {
            throw failure.asIo();
        }
    }

    @Override
    public int available() {
        return closed ? 0 : end - position;
    }

    @Override
    public void close() {
        closed = true;
    }
}
