package io.skyferry.control.runs;

import io.skyferry.control.credential.Credentials;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.TaskWork;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The scripts of a task around one run.
final class RunScripts {
    private static final Duration AFTER_A_STOP = Duration.ofSeconds(20);

    private final Run run;
    private final TaskWork work;
    private final Credentials credentials;
    private final Path scratch;
    private final RunLog log;
    private final CancelFlag cancel;

    /// @param scratch a folder of the run's own
    RunScripts(Run run, TaskWork work, Credentials credentials, Path scratch, RunLog log, CancelFlag cancel) {
        this.run = run;
        this.work = work;
        this.credentials = credentials;
        this.scratch = scratch;
        this.log = log;
        this.cancel = cancel;
    }

    private TaskFields fields() {
        return work.fields();
    }

    /// Runs a script.
    ///
    /// @return how it failed; empty: it did not, or there is none
    Optional<String> run(String name, String label, String script, Path path) throws IOException {
        if (script.isBlank()) {
            return Optional.empty();
        }
        var runner = new ScriptRunner(scratch, cancel, line -> log.info("[%s] %s".formatted(label, line)));
        return switch (runner.run(
                name, script, environment(path), fields().scripts().timeLimit())) {
            case ScriptRunner.Ended.Exited(int code) when code == 0 -> Optional.empty();
            case ScriptRunner.Ended.Exited(int code) ->
                Optional.of("%s failed with exit code %s".formatted(label, code));
            case ScriptRunner.Ended.TimedOut() -> Optional.of("%s took too long".formatted(label));
            case ScriptRunner.Ended.Stopped() -> Optional.of("Stopped");
        };
    }

    /// A script that comes when all is over: it is told of, and changes nothing any more. Who stops the run while it
    /// goes on stops it; where the run was stopped before, it has its time limit, or a short one.
    void afterwards(String name, String label, String script) {
        if (script.isBlank()) {
            return;
        }
        boolean wasStopped = cancel.isRaised();
        Duration wanted = fields().scripts().timeLimit();
        Duration limit = wasStopped && wanted.isZero() ? AFTER_A_STOP : wanted;
        var runner = new ScriptRunner(
                scratch, wasStopped ? new CancelFlag() : cancel, line -> log.info("[%s] %s".formatted(label, line)));
        try {
            var ended = runner.run(name, script, environment(Path.of(fields().path())), limit);
            log.info("%s script %s".formatted(label, words(ended)));
        } catch (IOException | RuntimeException failure) {
            log.line(RunLog.Level.WARN, "%s script: %s".formatted(label, failure.getMessage()));
        }
    }

    private static String words(ScriptRunner.Ended ended) {
        return switch (ended) {
            case ScriptRunner.Ended.Exited(int code) -> "ended with exit code " + code;
            case ScriptRunner.Ended.TimedOut() -> "took too long";
            case ScriptRunner.Ended.Stopped() -> "was stopped";
        };
    }

    private Map<String, String> environment(Path path) {
        StorageSpec credential = credentials.resolve(new StorageSpec(work.credential(), Map.of()));
        Set<String> hidden = new HashSet<>();
        credentials.kinds().settings(credential.provider()).forEach((name, setting) -> {
            if (setting.secret()) {
                hidden.add(name);
            }
        });
        return ScriptEnvironment.of(
                run.task().map(String::valueOf).orElse("onetime"),
                fields(),
                work.secrets(),
                credential,
                hidden,
                path.toString());
    }
}
