package io.skyferry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One connection to a server or proxy, used by one exchange at a time.
///
/// Bytes go through the channel itself, or through a TLS socket over it. Everything that waits is interruptible, since
/// the channel is, and watched, so that nothing waits forever.
final class Connection implements StallWatch.Watched {
    /// How much one call reads or writes: the JDK keeps a buffer as large as this for each thread.
    static final int MOST_AT_ONCE = ByteBudget.BULK;

    private static final long SUSPICIOUS = Duration.ofMillis(300).toNanos();
    private static final long SUSPICIOUS_FRESH_TLS = Duration.ofSeconds(5).toNanos();

    private final SocketChannel channel;
    private final StallWatch watch;
    private final ByteBuffer probe = ByteBuffer.allocate(1);
    private @Nullable SSLSocket tls;
    private @Nullable InputStream tlsIn;
    private @Nullable OutputStream tlsOut;
    private boolean hasServed;
    private long idleSince;
    private long written;
    private volatile long since = StallWatch.IDLE;
    private volatile long patience;
    private volatile boolean isWriting;
    private volatile boolean isStruck;
    private volatile boolean isAnsweredEarly;

    Connection(SocketChannel channel, StallWatch watch, long patience) {
        this.channel = channel;
        this.watch = watch;
        this.patience = patience;
        watch.add(this);
    }

    /// From here on all bytes go through this TLS socket, which lies over the channel.
    ///
    /// @throws IOException if the server cannot be trusted
    void secure(SSLSocket socket) throws IOException {
        waits(false);
        try {
            socket.startHandshake();
            tls = socket;
            tlsIn = socket.getInputStream();
            tlsOut = socket.getOutputStream();
        } finally {
            since = StallWatch.IDLE;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isTls() {
        return tls != null;
    }

    /// Reads what there is, waiting for the first byte.
    ///
    /// @return -1 at the end
    int read(byte[] to, int offset, int length) throws IOException {
        waits(false);
        try {
            int most = Math.min(length, MOST_AT_ONCE);
            InputStream secured = tlsIn;
            return secured == null ? channel.read(ByteBuffer.wrap(to, offset, most)) : secured.read(to, offset, most);
        } finally {
            since = StallWatch.IDLE;
        }
    }

    /// Writes all of it.
    void write(byte[] from, int offset, int length) throws IOException {
        waits(true);
        try {
            OutputStream secured = tlsOut;
            if (secured == null) {
                writePlain(from, offset, length);
            } else {
                written += length;
                secured.write(from, offset, length);
            }
        } finally {
            isWriting = false;
            since = StallWatch.IDLE;
        }
    }

    private void writePlain(byte[] from, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int count = channel.write(ByteBuffer.wrap(from, at, Math.min(end - at, MOST_AT_ONCE)));
            at += count;
            written += count;
            if (at < end) {
                since = watch.now();
            }
        }
    }

    /// How many bytes the peer can have had so far.
    long written() {
        return written;
    }

    private void waits(boolean writing) {
        isWriting = writing;
        since = watch.now();
    }

    /// Reads something if it comes soon.
    ///
    /// @return -1 at the end, 0 if nothing came in time
    int readWithin(Duration wait, byte[] to, int offset, int length) throws IOException {
        channel.socket().setSoTimeout(Math.clamp(wait.toMillis(), 1, Integer.MAX_VALUE));
        try {
            InputStream secured = tlsIn;
            InputStream from = secured == null ? channel.socket().getInputStream() : secured;
            return from.read(to, offset, length);
        } catch (SocketTimeoutException late) {
            return late.bytesTransferred;
        } finally {
            if (channel.isOpen()) {
                channel.socket().setSoTimeout(0);
            }
        }
    }

    /// Whether something came in that was not read. Over TLS that may be news about keys only.
    boolean hasInput() throws IOException {
        return channel.socket().getInputStream().available() > 0;
    }

    /// Whether TLS has bytes of the peer that were not asked for.
    private boolean hasDecrypted() throws IOException {
        InputStream secured = tlsIn;
        return secured != null && secured.available() > 0;
    }

    /// Whether the peer has neither closed nor said anything since the last exchange.
    ///
    /// @param thorough also sees the end, for more system calls
    boolean isQuiet(boolean thorough) {
        try {
            if (!channel.isOpen() || hasDecrypted()) {
                return false;
            }
            if (!thorough) {
                return !hasInput();
            }
            channel.configureBlocking(false);
            probe.clear();
            int came = channel.read(probe);
            channel.configureBlocking(true);
            return came == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /// How long a wait may last from now on.
    void setPatience(long nanos) {
        patience = nanos;
    }

    @Override
    public long waitingSince() {
        return since;
    }

    @Override
    public void look(long waitedNanos) {
        if (waitedNanos > patience) {
            isStruck = true;
            abort();
        } else if (isWriting
                && !isAnsweredEarly
                && waitedNanos > (isTls() && !hasServed ? SUSPICIOUS_FRESH_TLS : SUSPICIOUS)) {
            endWritingIfAnswered();
        }
    }

    /// A server that says no early and stops listening leaves the writer stuck: it is woken to read the reply.
    private void endWritingIfAnswered() {
        try {
            if (hasInput()) {
                isAnsweredEarly = true;
                channel.shutdownOutput();
            }
        } catch (IOException broken) {
            // The writer meets the same trouble by itself.
        }
    }

    /// Whether it was ended because nothing moved for too long.
    boolean isStruck() {
        return isStruck;
    }

    boolean hasServed() {
        return hasServed;
    }

    /// An exchange is over and another may follow.
    void rest(long now) {
        hasServed = true;
        idleSince = now;
    }

    long idleSince() {
        return idleSince;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// Ends it at once; whoever waits for it is woken.
    void abort() {
        watch.remove(this);
        try {
            channel.close();
        } catch (IOException closing) {
            // It is gone either way.
        }
    }
}
