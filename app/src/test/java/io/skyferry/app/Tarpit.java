package io.skyferry.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between a program and a server, and from some moment on lets nothing through any more, either way, without
/// closing anything: the peer that never answers.
final class Tarpit implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicLong left;
    private final String word;

    /// @param bytes that go through, both ways together
    /// @param word in a request, such as `DELETE`: it goes no further
    Tarpit(URI server, long bytes, String word) {
        this.server = server;
        this.left = new AtomicLong(bytes);
        this.word = word;
        try {
            listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /// Whether somebody waits in vain by now.
    boolean isStuck() {
        return stuck.getCount() == 0;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                var behind = new Socket(server.getHost(), server.getPort());
                open.add(client);
                open.add(behind);
                Thread.ofVirtual().start(() -> pump(client, behind));
                Thread.ofVirtual().start(() -> pump(behind, client));
            }
        } catch (IOException closed) {
            free.countDown();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                boolean named = new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(word);
                if (left.addAndGet(-count) < 0 || named) {
                    left.set(-1);
                    stuck.countDown();
                    free.await();
                }
                out.write(bytes, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            // Either end has closed.
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        free.countDown();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
