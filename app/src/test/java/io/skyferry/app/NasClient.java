package io.skyferry.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A client of TrueNAS's JSON-RPC as its description has it, in the order in which the official one speaks;
/// it shares nothing with the server.
final class NasClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient http;
    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final List<Plain> news = new ArrayList<>();
    private final WebSocket socket;

    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                frames.add(frame.toString());
                frame.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            frames.add("{\"closed\":%s}".formatted(code));
            return null;
        }
    }

    NasClient(String server, String path, Optional<SSLContext> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder();
        tls.ifPresent(builder::sslContext);
        http = builder.build();
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(server.replaceFirst("^http", "ws") + path), new Hearing())
                .join();
    }

    /// One that has said how it wants jobs, as the official one does before all else.
    static NasClient to(String server, Optional<SSLContext> tls) {
        var client = new NasClient(server, "/api/current", tls);
        Plain options = client.call(
                "core.set_options", "[{\"legacy_jobs\":false,\"private_methods\":false,\"py_exceptions\":false}]");
        if (!options.at("legacy_jobs").text().equals("false")) {
            throw new IllegalStateException("Want jobs in the new style but have " + options);
        }
        return client;
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    Plain next() {
        try {
            String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new IllegalStateException("Want a frame but none came");
            }
            return Plain.of(frame);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while it waited", stopped);
        }
    }

    String begin(String method, String params) {
        String id = UUID.randomUUID().toString();
        send("{\"id\":\"%s\",\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s}".formatted(id, method, params));
        return id;
    }

    /// The answer to a call; news that come before it are kept.
    Plain answer(String id) {
        while (true) {
            Plain frame = next();
            if (frame.has("id") && frame.at("id").text().equals(id)) {
                return frame;
            }
            news.add(frame);
        }
    }

    /// What a method answers.
    Plain call(String method, String params) {
        Plain frame = answer(begin(method, params));
        if (!frame.has("result")) {
            throw new IllegalStateException("Want a result but have " + frame);
        }
        return frame.at("result");
    }

    /// How a method fails.
    Plain fail(String method, String params) {
        return answer(begin(method, params)).at("error");
    }

    /// News of the job that a call began, until its first change to an end.
    List<Plain> job(String call) {
        return newsOf(
                call,
                one -> one.at("msg").text().equals("changed")
                        && List.of("SUCCESS", "FAILED", "ABORTED")
                                .contains(one.at("fields", "state").text()));
    }

    /// Waits until the job that a call began is known.
    void awaitJob(String call) {
        newsOf(call, _ -> true);
    }

    private List<Plain> newsOf(String call, Predicate<Plain> last) {
        List<Plain> mine = new ArrayList<>();
        int looked = 0;
        while (true) {
            while (looked < news.size()) {
                Plain one = news.get(looked++);
                if (!one.has("method")
                        || !one.at("params", "fields", "message_ids").text().contains(call)) {
                    continue;
                }
                mine.add(one.at("params"));
                if (last.test(one.at("params"))) {
                    return mine;
                }
            }
            news.add(next());
        }
    }

    /// Logs in by SCRAM-SHA-512, RFC 5802, and proves that the server knows the key as well.
    ///
    /// @param binding hash of the server's certificate; empty: the channel is not bound
    /// @return the type of the last answer
    String scram(String user, String key, Optional<byte[]> binding) throws GeneralSecurityException, IOException {
        int dash = key.indexOf('-');
        String header = binding.isPresent() ? "p=tls-server-end-point,," : "n,,";
        String bare = "n=%s:%s,r=%s".formatted(user, key.substring(0, dash), "rOprNGfwEbeRWgbNEkqO");
        Plain first = login("CLIENT_FIRST_MESSAGE", header + bare);
        if (!first.has("rfc_str")) {
            return first.at("response_type").text();
        }
        String serverFirst = first.at("rfc_str").text();
        String[] fields = serverFirst.split(",", -1);
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(
                        key.substring(dash + 1).toCharArray(),
                        Base64.getDecoder().decode(fields[1].substring(2)),
                        Integer.parseInt(fields[2].substring(2)),
                        512))
                .getEncoded();
        var channel = new ByteArrayOutputStream();
        channel.write(header.getBytes(StandardCharsets.UTF_8));
        channel.write(binding.orElse(new byte[0]));
        String proofless = "c=%s,%s".formatted(Base64.getEncoder().encodeToString(channel.toByteArray()), fields[0]);
        String message = String.join(",", bare, serverFirst, proofless);
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof = hmac(MessageDigest.getInstance("SHA-512").digest(clientKey), message);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        Plain last = login(
                "CLIENT_FINAL_MESSAGE", proofless + ",p=" + Base64.getEncoder().encodeToString(proof));
        if (!last.has("scram_type")) {
            return last.at("response_type").text();
        }
        String signature = "v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), message));
        if (!last.at("rfc_str").text().equals(signature)) {
            throw new IllegalStateException("The server does not know the key");
        }
        return last.at("scram_type").text();
    }

    private Plain login(String type, String message) {
        return call(
                "auth.login_ex",
                "[{\"mechanism\":\"SCRAM\",\"scram_type\":\"%s\",\"rfc_str\":\"%s\"}]".formatted(type, message));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key, "HmacSHA512"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
