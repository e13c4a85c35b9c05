package io.skyferry.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What comes in on a connection during one exchange, and has not been used yet.
final class Inlet {
    private final Connection connection;
    private final ByteBudget budget;
    private final int maxHead;
    private byte @Nullable [] slab;
    private byte[] bytes;
    private int at;
    private int end;
    private boolean hasAny;

    /// @param slab leased from the budget; given back by [#release]
    Inlet(Connection connection, ByteBudget budget, int maxHead, byte[] slab) {
        this.connection = connection;
        this.budget = budget;
        this.maxHead = maxHead;
        this.slab = slab;
        this.bytes = slab;
    }

    /// Whether the server has said anything at all.
    boolean hasAny() {
        return hasAny;
    }

    /// Whether bytes are left that nobody asked for.
    boolean hasLeft() {
        return at < end;
    }

    /// Reads the next head, interim or not.
    ReplyHead head() throws IOException {
        int from = at;
        while (true) {
            int found = ReplyHead.end(bytes, at, from, end);
            if (found > maxHead + at) {
                throw new MalformedReply("a head over " + maxHead + " bytes");
            }
            if (found >= 0) {
                ReplyHead head = ReplyHead.parse(Arrays.copyOfRange(bytes, at, found));
                at = found;
                return head;
            }
            from = end - at;
            if (!fillMore()) {
                throw new EOFException(hasAny ? "in the middle of a head" : "before a reply");
            }
            from += at;
            if (!ReplyHead.mayStart(bytes, at, end)) {
                throw new MalformedReply("something that is no HTTP/1.1");
            }
        }
    }

    /// Reads on behind what is there, in a larger buffer if need be.
    private boolean fillMore() throws IOException {
        if (end - at > maxHead) {
            throw new MalformedReply("a head over " + maxHead + " bytes");
        }
        if (at > 0) {
            System.arraycopy(bytes, at, bytes, 0, end - at);
            end -= at;
            at = 0;
        }
        if (end == bytes.length) {
            enlarge();
        }
        return took(connection.read(bytes, end, bytes.length - end));
    }

    private void enlarge() throws MalformedReply {
        byte[] larger = bytes.length < ByteBudget.BULK ? budget.tryLeaseBulk() : null;
        if (larger == null) {
            throw new MalformedReply("a head of %s bytes, more than there is memory for".formatted(end));
        }
        System.arraycopy(bytes, 0, larger, 0, end);
        release();
        slab = larger;
        bytes = larger;
    }

    private boolean took(int count) {
        if (count <= 0) {
            return false;
        }
        end += count;
        hasAny = true;
        return true;
    }

    /// Waits a while for the first byte of a reply.
    ///
    /// @return whether one came; the end of the connection counts, so that it is met when reading
    boolean comesWithin(TransportSettings settings) throws IOException {
        if (hasLeft()) {
            return true;
        }
        int count = connection.readWithin(settings.continueWait(), bytes, end, bytes.length - end);
        return took(count) || count < 0;
    }

    /// Reads up to so many bytes of a body.
    ///
    /// @return -1 at the end of the connection
    int read(byte[] to, int offset, int length) throws IOException {
        if (at == end) {
            if (length >= ByteBudget.SMALL) {
                int count = connection.read(to, offset, length);
                hasAny |= count > 0;
                return count;
            }
            if (!refill()) {
                return -1;
            }
        }
        int count = Math.min(length, end - at);
        System.arraycopy(bytes, at, to, offset, count);
        at += count;
        return count;
    }

    /// The next byte.
    ///
    /// @return -1 at the end of the connection
    int read() throws IOException {
        if (at == end && !refill()) {
            return -1;
        }
        int one = bytes[at] & 0xFF;
        at++;
        return one;
    }

    private boolean refill() throws IOException {
        at = 0;
        end = 0;
        return took(connection.read(bytes, 0, bytes.length));
    }

    /// Gives the buffer back; nothing can be read any more.
    void release() {
        byte[] held = slab;
        if (held != null) {
            slab = null;
            budget.giveBack(held);
        }
    }
}
