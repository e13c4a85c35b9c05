package io.skyferry.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As much of a bucket as the warm-up needs: it lists, takes, gives and deletes small objects with plain names.
final class WarmBucket implements AutoCloseable {
    private static final String BUCKET = "/warm/";
    private static final String META = "x-amz-meta-";
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final ConcurrentSkipListMap<String, Held> objects = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    /// An object: its bytes, their MD5, and the headers that go with them.
    private static final class Held {
        private final byte[] bytes;
        private final String tag;
        private final Map<String, String> metadata;

        Held(byte[] bytes, Map<String, String> metadata) {
            this.bytes = bytes;
            this.tag = Hasher.hex(HashType.MD5, bytes);
            this.metadata = metadata;
        }
    }

    private WarmBucket(HttpServer server) {
        this.server = server;
    }

    /// Answers on a free port of this machine alone.
    static WarmBucket open() throws IOException {
        var bucket = new WarmBucket(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        bucket.server.createContext("/", bucket::answer);
        bucket.server.start();
        return bucket;
    }

    /// Where it is, as `http://127.0.0.1:1234`.
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What a command says to reach it, where its key is known.
    String[] place() {
        return new String[] {"--s3-endpoint=" + url(), "--s3-provider=s3proxy"};
    }

    /// What a command says to reach it.
    String[] options() {
        return Stream.concat(
                        Stream.of(place()),
                        Stream.of(
                                "--s3-region=us-east-1",
                                "--s3-path-style",
                                "--s3-access-key-id=warm",
                                "--s3-secret-access-key=warm"))
                .toArray(String[]::new);
    }

    /// Has small objects below a folder, ten folders of them.
    void fill(String folder, int count) {
        Map<String, String> time = Map.of(META + "mtime", "1767225600");
        for (int i = 0; i < count; i++) {
            byte[] bytes = ("Content of object " + i + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
            objects.put("%s/folder-%s/object-%s".formatted(folder, i % 10, i), new Held(bytes, time));
        }
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] body = call.getRequestBody().readAllBytes();
            String path = call.getRequestURI().getPath();
            String key = path.startsWith(BUCKET) ? path.substring(BUCKET.length()) : "";
            if (key.isEmpty()) {
                boolean deletes = call.getRequestMethod().equals("POST");
                String answer = deletes
                        ? deleteAll(new String(body, StandardCharsets.UTF_8))
                        : listing(call.getRequestURI().getQuery());
                call.getResponseHeaders().set("Content-Type", "application/xml");
                reply(call, OK, answer.getBytes(StandardCharsets.UTF_8));
                return;
            }
            switch (call.getRequestMethod()) {
                case "PUT" -> {
                    var made = new Held(body, metadata(call));
                    objects.put(key, made);
                    call.getResponseHeaders().set("ETag", '"' + made.tag + '"');
                    reply(call, OK, new byte[0]);
                }
                case "DELETE" -> {
                    objects.remove(key);
                    reply(call, NO_CONTENT, new byte[0]);
                }
                default -> give(call, Optional.ofNullable(objects.get(key)));
            }
        }
    }

    private static Map<String, String> metadata(HttpExchange call) {
        return call.getRequestHeaders().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith(META))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().getFirst()));
    }

    private static void give(HttpExchange call, Optional<Held> found) throws IOException {
        if (found.isEmpty()) {
            reply(call, NOT_FOUND, new byte[0]);
            return;
        }
        Held object = found.orElseThrow();
        object.metadata.forEach(call.getResponseHeaders()::set);
        call.getResponseHeaders().set("ETag", '"' + object.tag + '"');
        call.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        reply(call, OK, object.bytes);
    }

    private static void reply(HttpExchange call, int status, byte[] bytes) throws IOException {
        boolean hasBody = bytes.length > 0 && !call.getRequestMethod().equals("HEAD");
        if (bytes.length > 0 && !hasBody) {
            call.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
        }
        call.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            try (OutputStream out = call.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private String deleteAll(String wish) {
        KEY.matcher(wish).results().forEach(key -> objects.remove(key.group(1)));
        return "<DeleteResult></DeleteResult>";
    }

    /// As `ListObjectsV2` answers, in one page.
    private String listing(@Nullable String query) {
        String prefix = parameter(query, "prefix");
        boolean isFlat = parameter(query, "delimiter").isEmpty();
        var contents = new StringBuilder();
        var folders = new TreeSet<String>();
        objects.forEach((key, object) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            int slash = key.indexOf('/', prefix.length());
            if (isFlat || slash < 0) {
                contents.append(
                        "<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>".formatted(key)
                                + "<ETag>&quot;%s&quot;</ETag><Size>%s</Size><StorageClass>STANDARD</StorageClass></Contents>"
                                        .formatted(object.tag, object.bytes.length));
            } else {
                folders.add(
                        "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(key.substring(0, slash + 1)));
            }
        });
        return "<ListBucketResult><Name>warm</Name><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"
                + "<EncodingType>url</EncodingType>"
                + contents
                + String.join("", folders)
                + "</ListBucketResult>";
    }

    private static String parameter(@Nullable String query, String name) {
        return Optional.ofNullable(query).stream()
                .flatMap(all -> Arrays.stream(all.split("&", -1)))
                .filter(one -> one.startsWith(name + "="))
                .map(one -> one.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
