package io.skyferry.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Connects to the first address of a host that answers: IPv6 and IPv4 in turn, the next one started when the last
/// one failed or was slow.
///
/// Source: RFC 8305, sections 4 and 5.
final class AddressRace {
    private static final Duration HEAD_START = Duration.ofMillis(250);

    private final LongSupplier nanos;
    private final long deadline;
    private final int port;
    private final Deque<InetAddress> waiting;
    private final List<SocketChannel> trying = new ArrayList<>();
    private @Nullable IOException failure;

    private AddressRace(List<InetAddress> addresses, int port, Duration timeout, LongSupplier nanos) {
        this.waiting = new ArrayDeque<>(addresses);
        this.port = port;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + timeout.toNanos();
    }

    /// The order in which to try: families in turn, IPv6 first.
    static List<InetAddress> inTurn(List<InetAddress> addresses) {
        Deque<InetAddress> six = new ArrayDeque<>();
        Deque<InetAddress> four = new ArrayDeque<>();
        addresses.forEach(one -> (one instanceof Inet6Address ? six : four).add(one));
        List<InetAddress> order = new ArrayList<>();
        while (!six.isEmpty() || !four.isEmpty()) {
            addFirst(six, order);
            addFirst(four, order);
        }
        return order;
    }

    private static void addFirst(Deque<InetAddress> from, List<InetAddress> to) {
        InetAddress first = from.pollFirst();
        if (first != null) {
            to.add(first);
        }
    }

    /// Connects, or says why the last one failed.
    ///
    /// @param addresses in the order to try
    /// @return a connected channel in blocking mode
    static SocketChannel connect(List<InetAddress> addresses, int port, Duration timeout, LongSupplier nanos)
            throws IOException {
        if (addresses.isEmpty()) {
            throw new UnknownHostException("no address");
        }
        return addresses.size() == 1
                ? connectAlone(new InetSocketAddress(addresses.getFirst(), port), timeout)
                : new AddressRace(addresses, port, timeout, nanos).run();
    }

    private static SocketChannel connectAlone(InetSocketAddress address, Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private SocketChannel run() throws IOException {
        SocketChannel winner = null;
        try (Selector selector = Selector.open()) {
            while (winner == null) {
                winner = startNext(selector);
                long nextStart = nanos.getAsLong() + HEAD_START.toNanos();
                while (winner == null && !trying.isEmpty() && !isTimeForNext(nextStart)) {
                    winner = await(selector, nextStart);
                }
            }
            SelectionKey key = winner.keyFor(selector);
            if (key != null) {
                key.cancel();
                selector.selectNow();
            }
            trying.remove(winner);
            winner.configureBlocking(true);
            return winner;
        } finally {
            for (SocketChannel loser : trying) {
                loser.close();
            }
        }
    }

    private boolean isTimeForNext(long nextStart) {
        return !waiting.isEmpty() && nanos.getAsLong() - nextStart >= 0;
    }

    /// Starts the next address; if none is left, those under way are waited for.
    private @Nullable SocketChannel startNext(Selector selector) throws IOException {
        InetAddress next = waiting.pollFirst();
        if (next == null) {
            if (trying.isEmpty()) {
                throw failure == null ? new UnknownHostException("no address") : failure;
            }
            return null;
        }
        SocketChannel channel = SocketChannel.open();
        trying.add(channel);
        try {
            channel.configureBlocking(false);
            if (channel.connect(new InetSocketAddress(next, port))) {
                return channel;
            }
            channel.register(selector, SelectionKey.OP_CONNECT);
        } catch (IOException refused) {
            lost(channel, refused);
        }
        return null;
    }

    private @Nullable SocketChannel await(Selector selector, long nextStart) throws IOException {
        long now = nanos.getAsLong();
        long until = waiting.isEmpty() ? deadline : Math.min(deadline, nextStart);
        if (deadline - now <= 0) {
            throw new SocketTimeoutException("no address answered");
        }
        selector.select(Math.max(1, Duration.ofNanos(until - now).toMillis()));
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            try {
                if (channel.finishConnect()) {
                    return channel;
                }
            } catch (IOException refused) {
                key.cancel();
                lost(channel, refused);
            }
        }
        selector.selectedKeys().clear();
        return null;
    }

    private void lost(SocketChannel channel, IOException refused) throws IOException {
        trying.remove(channel);
        channel.close();
        if (failure != null) {
            refused.addSuppressed(failure);
        }
        failure = refused;
    }
}
