package io.skyferry.server.truenas;

import io.skyferry.control.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of TrueNAS's protocols as their description has it; it shares nothing with the server but how
/// JSON is read.
final class SmallClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private final HttpClient http = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final List<JsonValue.Members> news = new ArrayList<>();
    private final WebSocket socket;
    private int calls;
    private volatile boolean deaf;

    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();

        @Override
        @SuppressWarnings("NullAway") // the interface says that null asks for the next frame at once
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                frames.add(frame.toString());
                frame.setLength(0);
            }
            if (!deaf) {
                from.request(1);
            }
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // likewise
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            frames.add("{\"closed\":%s}".formatted(code));
            return null;
        }
    }

    SmallClient(String server, String path) {
        this(server, path, Map.of());
    }

    SmallClient(String server, String path, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create(server.replaceFirst("^http", "ws") + path), new Hearing())
                .join();
    }

    /// Reads nothing more from its connection.
    void stopReading() {
        deaf = true;
    }

    /// Sends what is no text.
    void sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /// Sends a frame as it is.
    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /// The next frame, whatever it is.
    JsonValue.Members next() {
        try {
            String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new IllegalStateException("Want a frame but none came");
            }
            return (JsonValue.Members) JsonValue.parse(frame);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while it waited", stopped);
        }
    }

    /// Begins a call; its number is needed to tell the answer.
    String begin(String method, String params) {
        String id = "call-" + calls++;
        send("{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s,\"id\":\"%s\"}".formatted(method, params, id));
        return id;
    }

    /// Calls where the other end may have gone; what came of it is in the next frame.
    void tryCall(String method, String params) {
        try {
            begin(method, params);
        } catch (CompletionException gone) {
            frames.add("{\"closed\":\"%s\"}"
                    .formatted(String.valueOf(gone.getMessage()).replace('"', ' ')));
        }
    }

    /// The answer to a call; news that come before it are kept.
    JsonValue.Members answer(String id) {
        while (true) {
            JsonValue.Members frame = next();
            if (frame.get("id").orElse(new JsonValue.Null()).equals(JsonValue.of(id))) {
                return frame;
            }
            news.add(frame);
        }
    }

    /// What a method answers.
    JsonValue call(String method, String params) {
        JsonValue.Members frame = answer(begin(method, params));
        return frame.get("result").orElseThrow(() -> new IllegalStateException("Want a result but have " + frame));
    }

    /// How a method fails.
    JsonValue.Members fail(String method, String params) {
        JsonValue.Members frame = answer(begin(method, params));
        return (JsonValue.Members)
                frame.get("error").orElseThrow(() -> new IllegalStateException("Want an error but have " + frame));
    }

    /// News of jobs until one has an end state, all of them.
    List<JsonValue.Members> newsUntilTheEnd() {
        while (news.stream()
                .noneMatch(one -> one.toString().matches(".*\"state\":\"(SUCCESS|FAILED|ABORTED)\".*")
                        && one.toString().contains("\"changed\""))) {
            news.add(next());
        }
        return List.copyOf(news);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
