package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Sends the body of one request behind its head: what is small leaves in one write with the head.
final class Sender {
    private static final int SIZE_LINE = 7;
    private static final int CHUNK_EXTRA = SIZE_LINE + 2;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final ByteBudget budget;
    private final RequestBody body;
    private final EarlyAnswer answer;
    private boolean isOpened;

    /// Looks whether the server has answered before it has the whole body.
    @FunctionalInterface
    interface EarlyAnswer {
        /// Whether there is no use in sending more.
        boolean isGiven() throws IOException;
    }

    Sender(Connection connection, ByteBudget budget, RequestBody body, EarlyAnswer answer) {
        this.connection = connection;
        this.budget = budget;
        this.body = body;
        this.answer = answer;
    }

    /// Whether the body's stream was asked for.
    boolean isOpened() {
        return isOpened;
    }

    /// Sends all of it, or stops early if the server has answered.
    ///
    /// @param slab holds what is to leave before the body
    /// @param used how much of the slab that is
    void send(byte[] slab, int used) throws IOException {
        long length = body.length().orElse(-1);
        if (length == 0) {
            connection.write(slab, 0, used);
            return;
        }
        InputStream source = open();
        try {
            if (length < 0) {
                sendChunks(source, slab, used);
            } else {
                sendLength(source, slab, used, length);
            }
        } finally {
            close(source);
        }
    }

    private InputStream open() {
        isOpened = true;
        try {
            return body.open();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private void close(InputStream source) {
        try {
            source.close();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private HttpException unreadable(IOException cause) {
        return new HttpException(
                HttpException.Kind.SOURCE_FAILED, Effect.UNKNOWN, "The bytes to send could not be read", cause);
    }

    private void sendLength(InputStream source, byte[] slab, int used, long length) throws IOException {
        long left = length;
        int first = (int) Math.min(slab.length - used, left);
        fill(source, slab, used, first, length);
        connection.write(slab, 0, used + first);
        left -= first;
        if (left == 0) {
            return;
        }
        byte[] bulk = left > slab.length ? budget.tryLeaseBulk() : null;
        try {
            byte[] buffer = bulk == null ? slab : bulk;
            while (left > 0 && !answer.isGiven()) {
                int count = (int) Math.min(buffer.length, left);
                fill(source, buffer, 0, count, length);
                connection.write(buffer, 0, count);
                left -= count;
            }
        } finally {
            giveBack(bulk);
        }
    }

    private void fill(InputStream source, byte[] to, int offset, int count, long length) {
        if (readSome(source, to, offset, count) < count) {
            throw new HttpException(
                    HttpException.Kind.SOURCE_FAILED,
                    Effect.UNKNOWN,
                    "Want %s bytes to send but the source ended before".formatted(length));
        }
    }

    private int readSome(InputStream source, byte[] to, int offset, int count) {
        try {
            return source.readNBytes(to, offset, count);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private void sendChunks(InputStream source, byte[] slab, int used) throws IOException {
        int at = used;
        if (slab.length - at < CHUNK_EXTRA + LAST_CHUNK.length + 1) {
            connection.write(slab, 0, at);
            at = 0;
        }
        at = putChunk(source, slab, at);
        connection.write(slab, 0, Math.abs(at));
        if (at < 0) {
            return;
        }
        byte[] bulk = budget.tryLeaseBulk();
        try {
            byte[] buffer = bulk == null ? slab : bulk;
            while (at >= 0 && !answer.isGiven()) {
                at = putChunk(source, buffer, 0);
                connection.write(buffer, 0, Math.abs(at));
            }
        } finally {
            giveBack(bulk);
        }
    }

    /// Puts the next chunk behind what is in a buffer.
    ///
    /// @return where it ends; negative if it is the last
    private int putChunk(InputStream source, byte[] buffer, int start) {
        int room = buffer.length - start - CHUNK_EXTRA - LAST_CHUNK.length;
        int count = readSome(source, buffer, start + SIZE_LINE, room);
        int end = start;
        if (count > 0) {
            putSize(buffer, start, count);
            end = start + SIZE_LINE + count;
            buffer[end] = '\r';
            buffer[end + 1] = '\n';
            end += 2;
        }
        if (count == room) {
            return end;
        }
        System.arraycopy(LAST_CHUNK, 0, buffer, end, LAST_CHUNK.length);
        return -(end + LAST_CHUNK.length);
    }

    private static void putSize(byte[] buffer, int start, int size) {
        for (int i = 0; i < SIZE_LINE - 2; i++) {
            buffer[start + i] = HEX[(size >> (4 * (SIZE_LINE - 3 - i))) & 0xF];
        }
        buffer[start + SIZE_LINE - 2] = '\r';
        buffer[start + SIZE_LINE - 1] = '\n';
    }

    private void giveBack(byte @Nullable [] bulk) {
        if (bulk != null) {
            budget.giveBack(bulk);
        }
    }
}
