package io.skyferry.app;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a program and a real server, lets requests through as they are, and keeps count of them.
///
/// It is asked what to do with each connection and each request, and it tells when so many bytes have gone over.
final class Toll implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final Rules rules;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Passed> passed = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<Optional<Alarm>> alarm = new AtomicReference<>(Optional.empty());

    /// A request that the server answered, whether or not whoever asked was there to hear it.
    ///
    /// @param query empty where there was none
    record Passed(String method, String path, String query, int status) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    private record Alarm(long at, Runnable what) {}

    /// What is done with whom.
    interface Rules {
        /// After how many bytes the connection is cut, the first being 1; empty: it lives.
        Optional<Long> cutsAfter(int connection);

        /// Whether it is answered with 503, and its connection closed.
        boolean refuses(int request);
    }

    /// Lets everything through.
    static final Rules OPEN = new Rules() {
        @Override
        public Optional<Long> cutsAfter(int connection) {
            return Optional.empty();
        }

        @Override
        public boolean refuses(int request) {
            return false;
        }
    };

    /// Ends a connection.
    private static final class CutException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// @param server who answers
    Toll(URI server, Rules rules) {
        this.server = server;
        this.rules = rules;
        try {
            listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /// All that was answered, in no special order.
    List<Passed> passed() {
        return passed;
    }

    void forget() {
        passed.clear();
    }

    int refused() {
        return refused.get();
    }

    int cut() {
        return cut.get();
    }

    int connections() {
        return connections.get();
    }

    /// Does something once, as soon as so many more bytes have gone over, either way.
    void after(long more, Runnable what) {
        alarm.set(Optional.of(new Alarm(bytes.get() + more, what)));
    }

    /// Waits until nobody is served any more: what a killed process had sent is under way until then.
    void awaitQuiet() throws InterruptedException {
        synchronized (open) {
            while (!open.isEmpty()) {
                open.wait();
            }
        }
    }

    private void left(Socket socket) {
        synchronized (open) {
            open.remove(socket);
            open.notifyAll();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client, rules.cutsAfter(number)));
            } catch (IOException closed) {
                // This is how it ends.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket client, Optional<Long> cutsAfter) {
        try (client;
                Socket onward = new Socket(server.getHost(), server.getPort())) {
            open.add(client);
            open.add(onward);
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            try {
                var gate = new Gate(cutsAfter.orElse(Long.MAX_VALUE));
                var asked = new BufferedInputStream(client.getInputStream(), 64 * 1024);
                var told = new BufferedInputStream(onward.getInputStream(), 64 * 1024);
                while (pass(asked, onward.getOutputStream(), told, client.getOutputStream(), gate)) {
                    Thread.onSpinWait();
                }
            } catch (CutException itIsTime) {
                cut.incrementAndGet();
                client.setSoLinger(true, 0);
            } finally {
                left(client);
                left(onward);
            }
        } catch (IOException gone) {
            // Either side goes when it likes: that is what is tried here.
            Thread.onSpinWait();
        }
    }

    /// Counts what one connection carries.
    private final class Gate {
        private long left;

        Gate(long left) {
            this.left = left;
        }

        void copy(InputStream from, OutputStream to, long length) throws IOException {
            byte[] step = new byte[32 * 1024];
            for (long rest = length; rest > 0; ) {
                int count = from.read(step, 0, (int) Math.min(step.length, rest));
                if (count < 0) {
                    throw new EOFException("Want %s bytes more".formatted(rest));
                }
                write(to, step, count);
                rest -= count;
            }
        }

        void write(OutputStream to, byte[] step, int count) throws IOException {
            if (count >= left) {
                to.write(step, 0, (int) left);
                to.flush();
                throw new CutException();
            }
            left -= count;
            to.write(step, 0, count);
            ring(bytes.addAndGet(count));
        }
    }

    private void ring(long now) {
        Optional<Alarm> set = alarm.get();
        if (set.isPresent() && now >= set.orElseThrow().at() && alarm.compareAndSet(set, Optional.empty())) {
            set.orElseThrow().what().run();
        }
    }

    /// A head with its empty line, as it came; empty at the end.
    private record Head(String text) {
        String first() {
            return text.substring(0, Math.max(0, text.indexOf('\r')));
        }

        Optional<String> field(String name) {
            String lower = name.toLowerCase(Locale.ROOT) + ":";
            return text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(lower))
                    .map(line -> line.substring(lower.length()).strip())
                    .findFirst();
        }

        long length() {
            return field("Content-Length").map(Long::parseLong).orElse(0L);
        }

        boolean closes() {
            return field("Connection").map("close"::equalsIgnoreCase).orElse(false);
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static Head head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new Head("");
            }
            text.append((char) next);
        }
        return new Head(text.toString());
    }

    /// One request and its answer.
    ///
    /// @return whether the connection lives
    private boolean pass(InputStream asked, OutputStream onward, InputStream told, OutputStream back, Gate gate)
            throws IOException {
        Head request = head(asked);
        if (request.text().isEmpty()) {
            return false;
        }
        if (rules.refuses(requests.incrementAndGet())) {
            refused.incrementAndGet();
            gate.copy(asked, OutputStream.nullOutputStream(), request.length());
            String no = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            back.write(no.getBytes(StandardCharsets.ISO_8859_1));
            return false;
        }
        gate.write(onward, request.bytes(), request.text().length());
        gate.copy(asked, onward, request.length());
        onward.flush();
        String[] words = request.first().split(" ", -1);
        Head reply = head(told);
        while (reply.first().contains(" 100 ")) {
            gate.write(back, reply.bytes(), reply.text().length());
            reply = head(told);
        }
        if (reply.text().isEmpty()) {
            return false;
        }
        int status = Integer.parseInt(reply.first().split(" ", -1)[1]);
        int mark = words[1].indexOf('?');
        passed.add(new Passed(
                words[0],
                mark < 0 ? words[1] : words[1].substring(0, mark),
                mark < 0 ? "" : words[1].substring(mark + 1),
                status));
        gate.write(back, reply.bytes(), reply.text().length());
        boolean hasBody = !words[0].equals("HEAD") && status != 204 && status != 304;
        if (hasBody && reply.field("Transfer-Encoding").isPresent()) {
            chunks(told, back, gate);
        } else if (hasBody) {
            gate.copy(told, back, reply.length());
        }
        back.flush();
        return !request.closes() && !reply.closes();
    }

    private static void chunks(InputStream told, OutputStream back, Gate gate) throws IOException {
        while (true) {
            var line = new StringBuilder();
            while (!line.toString().endsWith("\r\n")) {
                int next = told.read();
                if (next < 0) {
                    throw new EOFException("Want a chunk");
                }
                line.append((char) next);
            }
            byte[] head = line.toString().getBytes(StandardCharsets.ISO_8859_1);
            gate.write(back, head, head.length);
            long length = Long.parseLong(line.toString().strip().split(";", -1)[0], 16);
            gate.copy(told, back, length + 2);
            if (length == 0) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
