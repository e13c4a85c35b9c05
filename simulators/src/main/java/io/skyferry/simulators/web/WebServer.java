package io.skyferry.simulators.web;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Listens on a free port of this machine and answers HTTP/1.1, one thread for each connection.
///
/// Source: RFC 9112.
public final class WebServer implements AutoCloseable {
    private static final int MAX_LINE = 64 * 1024;

    private final Handler handler;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// Answers requests.
    @FunctionalInterface
    public interface Handler {
        /// The reply to one; an [IOException] closes the connection.
        WebReply answer(WebRequest request) throws IOException;
    }

    /// Begins to listen.
    public WebServer(Handler handler) {
        this.handler = handler;
        try {
            this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().name("simulator").start(this::accept);
    }

    /// Where it listens.
    public URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                // This is how it ends; a connection that broke before it stood is nobody's.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            while (serveOne(socket, in, out)) {
                out.flush();
            }
        } catch (IOException gone) {
            // Clients go when they like.
            Thread.onSpinWait();
        } finally {
            open.remove(socket);
        }
    }

    private boolean serveOne(Socket socket, InputStream in, OutputStream out) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        Map<String, String> headers = headers(in);
        if ("100-continue".equalsIgnoreCase(headers.getOrDefault("expect", ""))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        var body = new Limited(in, Long.parseLong(headers.getOrDefault("content-length", "0")));
        String[] words = first.split(" ", -1);
        int mark = words[1].indexOf('?');
        var request = new WebRequest(
                words[0],
                mark < 0 ? words[1] : words[1].substring(0, mark),
                mark < 0 ? "" : words[1].substring(mark + 1),
                headers,
                body);
        WebReply reply = handler.answer(request);
        body.drain();
        if (reply.ending() == WebReply.Ending.LOST) {
            socket.setSoLinger(true, 0);
            return false;
        }
        send(reply, words[0], out);
        return reply.ending() == WebReply.Ending.WHOLE && !"close".equalsIgnoreCase(headers.get("connection"));
    }

    private static void send(WebReply reply, String method, OutputStream out) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" Reason\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (reply.status() != 204 && reply.status() != 304) {
            head.append("Content-Length: ").append(reply.announced()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (!method.equals("HEAD")) {
            int length = reply.ending() == WebReply.Ending.CUT ? reply.length() / 2 : reply.length();
            out.write(reply.body(), 0, length);
        }
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[256];
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return "";
            }
            if (length == bytes.length) {
                if (length > MAX_LINE) {
                    throw new IOException("Want a line of at most 64 KiB");
                }
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) c;
        }
        int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
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

    /// A body of a known length.
    private static final class Limited extends InputStream {
        private final InputStream inner;
        private long left;

        Limited(InputStream inner, long length) {
            this.inner = inner;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = inner.read(into, offset, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("The client went in the middle of its body");
            }
            left -= read;
            return read;
        }

        void drain() throws IOException {
            byte[] step = new byte[8192];
            while (left > 0) {
                read(step, 0, step.length);
            }
        }
    }
}
