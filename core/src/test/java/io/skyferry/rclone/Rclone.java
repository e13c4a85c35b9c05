package io.skyferry.rclone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A running rclone that answers many questions without being started again.
public final class Rclone implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://(127\\.0\\.0\\.1:[0-9]+)/");
    private static final Pattern ENTRY =
            Pattern.compile("\"Path\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\".*?\"IsDir\":\\s*(true|false)", Pattern.DOTALL);
    private static final Pattern ERROR = Pattern.compile("\"error\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    /// What rclone said.
    ///
    /// @param error its words if it refused
    public record Answer(Optional<String> error, String body) {
        /// The files of a listing.
        public Set<String> files() {
            return entries("false");
        }

        /// The directories of a listing.
        public Set<String> directories() {
            return entries("true");
        }

        private Set<String> entries(String directory) {
            var paths = new TreeSet<String>();
            Matcher entry = ENTRY.matcher(body);
            while (entry.find()) {
                if (entry.group(2).equals(directory)) {
                    paths.add(Json.unquoted(entry.group(1)));
                }
            }
            return paths;
        }

        /// A field of the answer as it stands there.
        public String field(String name) {
            Matcher field = Pattern.compile("\"%s\":\\s*\"?([^\",\\s]*)".formatted(name))
                    .matcher(body);
            if (!field.find()) {
                throw new IllegalStateException("Want the field '%s' but have %s".formatted(name, body));
            }
            return field.group(1);
        }
    }

    private Rclone(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Whether this machine has one.
    public static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "rclone")));
    }

    /// Starts one that takes the port it is given.
    public static Rclone start() {
        var builder = new ProcessBuilder(
                "rclone", "rcd", "--config=", "--rc-no-auth", "--rc-addr=127.0.0.1:0", "--low-level-retries=1");
        builder.environment().put("TZ", "UTC");
        try {
            Process process = builder.redirectErrorStream(true).start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            URI address = address(output);
            Thread.ofVirtual().start(() -> drain(output));
            return new Rclone(process, address);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static URI address(BufferedReader output) throws IOException {
        for (Optional<String> line = next(output); line.isPresent(); line = next(output)) {
            Matcher address = ADDRESS.matcher(line.orElseThrow());
            if (address.find()) {
                return URI.create("http://" + address.group(1) + "/");
            }
        }
        throw new IOException("rclone ended before it said where it listens");
    }

    private static Optional<String> next(BufferedReader output) throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    private static void drain(BufferedReader output) {
        try {
            while (next(output).isPresent()) {
                // What it logs is in its answers too.
            }
        } catch (IOException closed) {
            // This is how the output ends when the process is stopped while it is read.
        }
    }

    /// Calls a command of its remote control.
    public Answer call(String command, Map<String, Object> parameters) {
        var request = HttpRequest.newBuilder(address.resolve(command))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.of(parameters)))
                .build();
        try {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher error = ERROR.matcher(reply.body());
            return reply.statusCode() == 200
                    ? new Answer(Optional.empty(), reply.body())
                    : new Answer(
                            Optional.of(error.find() ? Json.unquoted(error.group(1)) : reply.body()), reply.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rclone was asked", interrupted);
        }
    }

    /// Lists a tree as a walk finds it.
    public Answer walk(String root, Map<String, Object> filter) {
        return call(
                "operations/list",
                Map.of(
                        "fs",
                        root,
                        "remote",
                        "",
                        "opt",
                        Map.of("recurse", true, "noModTime", true, "noMimeType", true),
                        "_filter",
                        filter));
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
