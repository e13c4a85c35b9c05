package io.skyferry.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A reply's body on its way. Its connection is given back with its last byte, or closed if it is not read to the
/// end.
final class ReplyBody extends InputStream {
    private static final int WORTH_DRAINING = 64 * 1024;
    private static final long DRAIN_PATIENCE = Duration.ofMillis(500).toNanos();

    private final Exchange exchange;
    private final Inlet inlet;
    private final Framing framing;
    private final Chunks chunks;
    private long left;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private boolean isEnded;
    private boolean isClosed;

    /// How a reader knows where a body ends.
    enum Framing {
        /// Its head says how long it is.
        LENGTH,
        /// Its pieces say how long they are.
        CHUNKS,
        /// It ends with the connection.
        CONNECTION
    }

    /// @param left the length; for the other framings it counts for nothing
    ReplyBody(Exchange exchange, Inlet inlet, Framing framing, long left) {
        this.exchange = exchange;
        this.inlet = inlet;
        this.framing = framing;
        this.chunks = new Chunks(inlet);
        this.left = framing == Framing.LENGTH ? left : 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (!isBusy.compareAndSet(false, true)) {
            throw new IOException("Want one reader of a reply but have two");
        }
        try {
            return readAlone(to, offset, length);
        } finally {
            isBusy.set(false);
        }
    }

    private int readAlone(byte[] to, int offset, int length) throws IOException {
        if (isEnded) {
            return -1;
        }
        if (isClosed) {
            throw new IOException("The reply was closed");
        }
        if (length == 0) {
            return 0;
        }
        try {
            return switch (framing) {
                case LENGTH -> readOfLength(to, offset, length);
                case CHUNKS -> readOfChunk(to, offset, length);
                case CONNECTION -> readToEnd(to, offset, length);
            };
        } catch (IOException broken) {
            isClosed = true;
            throw exchange.brokenBody(broken);
        }
    }

    private int readOfLength(byte[] to, int offset, int length) throws IOException {
        int count = inlet.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("%s bytes before its end".formatted(left));
        }
        left -= count;
        if (left == 0) {
            end();
        }
        return count;
    }

    private int readOfChunk(byte[] to, int offset, int length) throws IOException {
        if (left == 0) {
            left = chunks.next();
            if (left == 0) {
                end();
                return -1;
            }
        }
        int count = inlet.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("in the middle of a chunk");
        }
        left -= count;
        return count;
    }

    private int readToEnd(byte[] to, int offset, int length) throws IOException {
        int count = inlet.read(to, offset, length);
        if (count < 0) {
            end();
        }
        return count;
    }

    private void end() {
        isEnded = true;
        exchange.end();
    }

    /// May be called beside a reader, which is woken.
    @Override
    public void close() {
        if (!isBusy.compareAndSet(false, true)) {
            exchange.wake();
            return;
        }
        try {
            closeAlone();
        } finally {
            isBusy.set(false);
        }
    }

    private void closeAlone() {
        if (isEnded || isClosed) {
            return;
        }
        if (framing == Framing.CONNECTION || left > WORTH_DRAINING || !isDrained()) {
            isClosed = true;
            exchange.abort();
        }
    }

    /// Reads a small rest, so that the connection can be used again; a slow one is not worth the wait.
    private boolean isDrained() {
        if (Thread.currentThread().isInterrupted() || !exchange.isWorthDraining()) {
            return false;
        }
        exchange.setPatience(DRAIN_PATIENCE);
        byte[] nowhere = new byte[4096];
        try {
            int total = 0;
            while (total <= WORTH_DRAINING && !isEnded) {
                total += Math.max(0, readAlone(nowhere, 0, nowhere.length));
            }
            return isEnded;
        } catch (IOException broken) {
            return isEnded;
        }
    }
}
