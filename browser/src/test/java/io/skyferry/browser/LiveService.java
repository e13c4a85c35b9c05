package io.skyferry.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The product's own `serve`, in a process of its own, with a home of its own and on a free port.
final class LiveService implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    private static final long PATIENCE_SECONDS = 60;
    private final Path folder;
    private final Process process;
    private final String url;
    private final List<String> said;

    private LiveService(Path folder, Process process, String url, List<String> said) {
        this.folder = folder;
        this.process = process;
        this.url = url;
        this.said = List.copyOf(said);
    }

    /// Starts one whose home and places lie in this folder; ready when this returns.
    static LiveService start(Path folder) {
        run(folder, "config", "set", "allowed-folders", folder.toString());
        return start(folder, "127.0.0.1:0");
    }

    /// The same again at the same address, after it was killed.
    LiveService again() {
        return start(folder, URI.create(url).getAuthority());
    }

    private static LiveService start(Path folder, String address) {
        try {
            Process process = builder(folder, "serve", "--listen", address).start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            List<String> said = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.startsWith("Make the first user") || (said.size() == 1 && hasUsers(folder))) {
                    break;
                }
            }
            String listens = said.stream()
                    .filter(line -> line.contains("listens on"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Want a service but it said " + said));
            return new LiveService(
                    folder, process, listens.replaceFirst(".*listens on ", "").strip(), said);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean hasUsers(Path folder) {
        return Files.exists(folder.resolve("users"));
    }

    /// Runs a command on the same home, and wants it to go well.
    static String run(Path folder, String... arguments) {
        try {
            Process process =
                    builder(folder, arguments).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "Want '%s' to go well but it said %s".formatted(List.of(arguments), out));
            }
            return out;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a command ran", interrupt);
        }
    }

    /// Makes a user with [#PASSWORD], before the service starts.
    static void addUser(Path folder, String name, String role) {
        try {
            Path password = Files.writeString(folder.resolve("password.txt"), PASSWORD);
            run(folder, "user", "add", name, "--role", role, "--password-file", password.toString());
            Files.writeString(folder.resolve("users"), "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProcessBuilder builder(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.skyferry.app.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("SKYFERRY_HOME", folder.resolve("home").toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder;
    }

    /// Where it answers.
    String url() {
        return url;
    }

    /// The link that makes the first user.
    String setupLink() {
        return said.stream()
                .filter(line -> line.contains("/setup#"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*: (?=http)", "");
    }

    /// Runs a command on the same home, and wants it to go well.
    String run(String... arguments) {
        return run(folder, arguments);
    }

    /// Ends the process as a crash would.
    void kill() {
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
