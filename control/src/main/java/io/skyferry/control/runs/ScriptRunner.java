package io.skyferry.control.runs;

import io.skyferry.control.task.ShellWords;
import io.skyferry.engine.work.CancelFlag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs a script of a task in a process group of its own, so that nothing of it is left behind.
final class ScriptRunner {
    private static final Duration LOOK_EACH = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofMillis(800);
    private static final Duration LAST_LINES = Duration.ofSeconds(2);
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final Path scratch;
    private final CancelFlag cancel;
    private final Consumer<String> lines;

    /// @param scratch a folder of the run's own
    /// @param lines takes what the script says
    ScriptRunner(Path scratch, CancelFlag cancel, Consumer<String> lines) {
        this.scratch = scratch;
        this.cancel = cancel;
        this.lines = lines;
    }

    /// How a script ended.
    sealed interface Ended {
        /// By itself.
        record Exited(int code) implements Ended {}

        /// It took longer than it may.
        record TimedOut() implements Ended {}

        /// The run was told to stop.
        record Stopped() implements Ended {}
    }

    /// Runs a script to its end.
    ///
    /// @param limit zero: none
    Ended run(String name, String script, Map<String, String> environment, Duration limit) throws IOException {
        Files.createDirectories(scratch);
        Path file = scratch.resolve(name + ".script");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, script.strip() + "\n", StandardCharsets.UTF_8);
        List<String> words = new ArrayList<>();
        boolean grouped = SETSID.stream().anyMatch(Files::isExecutable);
        if (grouped) {
            words.add("setsid");
        }
        words.addAll(interpreter(script.strip()));
        words.add(file.toString());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        // Ours may hold the password of the database.
        builder.environment().keySet().removeIf(own -> own.startsWith("SKYFERRY_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return watched(process, limit);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new Ended.Stopped();
        } finally {
            end(process, grouped);
            Files.deleteIfExists(file);
        }
    }

    private static List<String> interpreter(String script) {
        if (!script.startsWith("#!")) {
            return List.of(Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh");
        }
        String first = script.lines().findFirst().orElse("").substring(2).strip();
        return ShellWords.of(first);
    }

    private Ended watched(Process process, Duration limit) throws InterruptedException {
        Thread reader = Thread.ofPlatform().daemon().name("script-output").start(() -> read(process));
        long begun = System.nanoTime();
        Optional<Ended> ended = Optional.empty();
        while (ended.isEmpty()) {
            if (process.waitFor(LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS)) {
                ended = Optional.of(new Ended.Exited(process.exitValue()));
            } else if (cancel.isRaised()) {
                ended = Optional.of(new Ended.Stopped());
            } else if (!limit.isZero() && System.nanoTime() - begun > limit.toNanos()) {
                ended = Optional.of(new Ended.TimedOut());
            }
        }
        if (ended.orElseThrow() instanceof Ended.Exited) {
            // Something that the script left running may hold on to its output for ever.
            reader.join(LAST_LINES.toMillis());
        }
        return ended.orElseThrow();
    }

    private void read(Process process) {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            System.getLogger(ScriptRunner.class.getName())
                    .log(System.Logger.Level.DEBUG, "The output of a script ended", ended);
        }
    }

    /// Ends the whole group of a script that did not end by itself: what was asked to end and does not
    /// is killed.
    private static void end(Process process, boolean grouped) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> below = process.descendants().toList();
        signal(process, below, grouped, "TERM");
        try {
            var _ = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        signal(process, below, grouped, "KILL");
        process.destroyForcibly();
    }

    private static void signal(Process process, List<ProcessHandle> below, boolean grouped, String name)
            throws IOException {
        if (grouped) {
            new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        below.forEach(name.equals("KILL") ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        if (name.equals("TERM")) {
            process.destroy();
        }
    }
}
