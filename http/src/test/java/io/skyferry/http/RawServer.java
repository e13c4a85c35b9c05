package io.skyferry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server on a socket of this machine that does to each connection what a script says, and nothing else.
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Origin.Scheme scheme;
    private final @Nullable SSLContext tls;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Semaphore ended = new Semaphore(0);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Throwable> trouble = new CopyOnWriteArrayList<>();

    /// What is done to one connection, which is closed afterwards.
    @FunctionalInterface
    interface Script {
        void serve(Peer peer) throws IOException;
    }

    private RawServer(ServerSocket socket, @Nullable SSLContext tls, Script script) {
        this.socket = socket;
        this.scheme = tls == null ? Origin.Scheme.HTTP : Origin.Scheme.HTTPS;
        this.tls = tls;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    static RawServer plain(Script script) {
        return open(null, script);
    }

    static RawServer tls(SSLContext context, Script script) {
        return open(context, script);
    }

    private static RawServer open(@Nullable SSLContext context, Script script) {
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return new RawServer(new ServerSocket(0, 50, here), context, script);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket one = socket.accept();
                open.add(one);
                int number = accepted.getAndIncrement();
                Thread.ofVirtual().start(() -> serve(one, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket one, int number) {
        try (one) {
            script.serve(new Peer(one, spoken(one), number));
        } catch (IOException gone) {
            // Tests break connections on purpose.
            open.remove(one);
        } catch (RuntimeException | AssertionError failure) {
            trouble.add(failure);
        } finally {
            open.remove(one);
            ended.release();
        }
    }

    private Socket spoken(Socket one) throws IOException {
        return tls == null ? one : tls.getSocketFactory().createSocket(one, InputStream.nullInputStream(), true);
    }

    Origin origin() {
        return new Origin(scheme, "127.0.0.1", socket.getLocalPort());
    }

    HttpRequest request(String method, String target) {
        return HttpRequest.of(method, origin(), target);
    }

    /// How many connections there were.
    int accepted() {
        return accepted.get();
    }

    /// Waits until so many connections are over.
    boolean awaitEnded(int count) throws InterruptedException {
        return ended.tryAcquire(count, 20, TimeUnit.SECONDS);
    }

    /// What went wrong in scripts.
    List<Throwable> trouble() {
        return trouble;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
