package io.skyferry.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Starts Skyferry in a process of its own.
final class Program {
    private static final long PATIENCE_SECONDS = 300;

    private final Path home;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment;

    /// What a process left.
    record Ended(int exit, String out, String err) {
        /// The last line of standard output.
        String lastLine() {
            return out.isBlank() ? "" : out.strip().lines().toList().getLast();
        }
    }

    /// @param home for configuration, state and logs
    Program(Path home) {
        this(home, Map.of());
    }

    /// @param environment put over the caller's
    Program(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = Map.copyOf(environment);
    }

    /// The same with further options of the virtual machine.
    Program with(String... further) {
        options.addAll(List.of(further));
        return this;
    }

    /// A process on its way, and where it writes.
    record Running(Process process, Path out, Path err) {
        /// Kills it if it does not end in time.
        Ended end() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "Want an end within %s s but it said %s".formatted(PATIENCE_SECONDS, text(err)));
                }
                Ended ended = new Ended(process.exitValue(), text(out), text(err));
                Files.delete(out);
                Files.delete(err);
                return ended;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a process ran", interrupt);
            }
        }

        private static String text(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }

    /// Runs a command to its end.
    Ended run(String... arguments) {
        return start(arguments).end();
    }

    /// Starts a command and does not wait for it.
    Running start(String... arguments) {
        return start(command(arguments));
    }

    /// What a shell would be given to run a command.
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.skyferry.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Starts any program with the same environment.
    Running start(List<String> command) {
        var builder = new ProcessBuilder(command);
        builder.environment().put("SKYFERRY_HOME", home.toString());
        builder.environment().putAll(environment);
        try {
            Path out = Files.createTempFile("skyferry", ".out");
            Path err = Files.createTempFile("skyferry", ".err");
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            return new Running(builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
