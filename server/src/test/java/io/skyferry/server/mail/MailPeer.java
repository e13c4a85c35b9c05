package io.skyferry.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server that speaks TLS, from the start or after STARTTLS, and keeps what was said to it.
///
/// Source: RFC 5321; RFC 3207; RFC 4954 (AUTH).
final class MailPeer implements AutoCloseable {
    private final ServerSocket listening;
    private final SSLContext tls;
    private final Begin begin;
    private final List<String> plain = new CopyOnWriteArrayList<>();
    private final List<String> hidden = new CopyOnWriteArrayList<>();

    enum Begin {
        PLAIN,
        TLS
    }

    private enum Said {
        PLAIN,
        HIDDEN
    }

    MailPeer(SSLContext tls, Begin begin) {
        this.tls = tls;
        this.begin = begin;
        try {
            listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// What was said before TLS.
    List<String> plain() {
        return plain;
    }

    /// What was said under TLS.
    List<String> hidden() {
        return hidden;
    }

    private void accept() {
        try {
            while (true) {
                try (Socket client = listening.accept()) {
                    if (begin == Begin.TLS) {
                        speakHidden(client, true);
                    } else {
                        speak(client, Said.PLAIN, true);
                    }
                } catch (IOException broken) {
                    if (listening.isClosed()) {
                        return;
                    }
                }
            }
        } catch (RuntimeException unexpected) {
            plain.add("FAULT " + unexpected);
        }
    }

    private void speakHidden(Socket client, boolean greets) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true)) {
            socket.setUseClientMode(false);
            socket.startHandshake();
            speak(socket, Said.HIDDEN, greets);
        }
    }

    private void speak(Socket socket, Said how, boolean greets) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        List<String> said = how == Said.PLAIN ? plain : hidden;
        if (greets) {
            say(out, "220 peer");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" ->
                    say(out, how == Said.PLAIN ? "250-peer\r\n250 STARTTLS" : "250-peer\r\n250 AUTH PLAIN LOGIN");
                case "STAR" -> {
                    say(out, "220 go ahead");
                    speakHidden(socket, false);
                    return;
                }
                case "AUTH" -> say(out, "235 welcome");
                case "DATA" -> {
                    say(out, "354 go ahead");
                    String body = in.readLine();
                    while (body != null && !body.equals(".")) {
                        said.add(body);
                        body = in.readLine();
                    }
                    say(out, "250 taken");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, "250 fine");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
