package io.skyferry.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection as a script sees it.
final class Peer {
    private final Socket below;
    private final Socket socket;
    private final InputStream in;
    private final int number;

    /// @param below the connection itself; the same as the socket unless TLS lies between
    Peer(Socket below, Socket socket, int number) throws IOException {
        this.below = below;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.number = number;
        below.setTcpNoDelay(true);
    }

    /// Counted from 0 by the server.
    int number() {
        return number;
    }

    /// The head of the next request, without the empty line; empty at the end.
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.append((char) one);
        }
        head.setLength(head.length() - 4);
        return head.toString();
    }

    /// A field of a head; empty if it is not there.
    static String field(String head, String name) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    /// The next request, head and body; the head is lost.
    byte[] body() throws IOException {
        String head = head();
        String length = field(head, "Content-Length");
        return length.isEmpty() ? chunks() : bytes(Integer.parseInt(length));
    }

    byte[] bytes(int count) throws IOException {
        byte[] all = in.readNBytes(count);
        if (all.length < count) {
            throw new EOFException();
        }
        return all;
    }

    byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            all.write(bytes(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException();
            }
            line.append((char) one);
        }
        return line.toString().strip();
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// A reply with a length.
    Peer reply(int status, String body) throws IOException {
        return send("HTTP/1.1 %s Said\r\nContent-Length: %s\r\n\r\n%s".formatted(status, body.length(), body));
    }

    /// Answers each request with its first line.
    void echo() throws IOException {
        for (String head = head(); !head.isEmpty(); head = head()) {
            reply(200, head.substring(0, head.indexOf("\r\n")));
        }
    }

    /// Says no more, but goes on listening.
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Breaks the connection.
    void reset() throws IOException {
        below.setSoLinger(true, 0);
        below.close();
    }

    /// Ends the connection below TLS, without a word.
    void cut() throws IOException {
        below.close();
    }

    /// Waits until the other side ends the connection, whatever it sends before.
    void awaitEnd() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    Socket socket() {
        return socket;
    }
}
