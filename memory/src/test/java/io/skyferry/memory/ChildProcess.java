package io.skyferry.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Another process that works on a memory: runs [PairWork] and tells line by line how far it came.
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Starts one.
    ///
    /// @param environment what is different in it
    static ChildProcess start(Path home, String work, Map<String, String> environment) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PairWork.class.getName(),
                home.toString(),
                work);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /// The next line; empty once the process has ended.
    Optional<String> next() {
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All lines that are still to come.
    Stream<String> rest() {
        return Stream.generate(this::next).takeWhile(Optional::isPresent).map(Optional::orElseThrow);
    }

    /// Lets the process go on that waits for its input to end.
    void goOn() throws IOException {
        process.getOutputStream().close();
    }

    /// Ends it without a warning; what it wrote up to then can still be read.
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        lines.close();
        process.getOutputStream().close();
    }
}
