package io.skyferry.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The product as a process of its own, on the class path of the tests.
final class Product {
    private static final int PATIENCE_SECONDS = 120;

    private final Path scratch;
    private final Map<String, String> environment;
    private int runs;

    /// What became of one process.
    record Outcome(int code, String out, String err) {}

    Product(Path scratch, Map<String, String> environment) {
        this.scratch = scratch;
        this.environment = environment;
    }

    /// Runs a command to its end.
    Outcome run(String... arguments) throws IOException, InterruptedException {
        return end(start(List.of("-Dskyferry.terminals="), arguments));
    }

    /// A process on its way.
    record Running(Process process, Path out, Path err) {}

    Running start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add("io.skyferry.app.Main");
        command.addAll(List.of(arguments));
        return start(command);
    }

    Running start(List<String> command) throws IOException {
        runs++;
        Path out = scratch.resolve("out-" + runs);
        Path err = scratch.resolve("err-" + runs);
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SKYFERRY_HOME", scratch.resolve("home").toString());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    Outcome end(Running running) throws IOException, InterruptedException {
        if (!running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            running.process().destroyForcibly();
            throw new IllegalStateException("The process did not end: " + Files.readString(running.err()));
        }
        return new Outcome(
                running.process().exitValue(),
                Files.readString(running.out(), StandardCharsets.ISO_8859_1),
                Files.readString(running.err(), StandardCharsets.ISO_8859_1));
    }
}
