package io.skyferry.control.runs;

import io.skyferry.control.credential.Credentials;
import io.skyferry.control.run.Folders;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.PlanFile;
import io.skyferry.control.run.PlanTotals;
import io.skyferry.control.run.PlannedPlaces;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.run.Watch;
import io.skyferry.control.task.AllowedFolders;
import io.skyferry.control.task.Direction;
import io.skyferry.control.task.Scripts;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.TaskWork.Guarding;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Filter;
import io.skyferry.filter.Selection;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One run from its first look to its last script.
///
/// The order: look at the local folder, pre-script, snapshot, transfer, snapshot away, post-script or
/// failure script,
/// and the last script in any case. The pre-script comes before the snapshot, so that it can bring what is
/// to be saved to rest.
final class RunJob {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Set<String> CHANGING =
            Set.of("added", "replaced", "deleted", "renamed", "copied there", "put back");
    private static final Duration AFTER_A_STOP = Duration.ofSeconds(20);

    private final Parts parts;
    private final Run run;
    private final TaskWork work;
    private final RunLog log;
    private final FileEvents.Writer events;
    private final CancelFlag cancel;
    private final Progress progress;
    private final RunThreads threads;
    private volatile String phase = "Starting";
    private volatile Optional<StorageOpener> storages = Optional.empty();
    private boolean interruptible = true;

    /// What all jobs of a process share.
    record Parts(
            Engine engine,
            Credentials credentials,
            RunFolder folder,
            Snapshots snapshots,
            Remnants remnants,
            History history,
            AllowedFolders allowed,
            InstantSource clock,
            ZoneId zone) {}

    /// What is known of earlier runs.
    interface History {
        /// The later runs of a task that did something, oldest first.
        List<Long> after(long task, long run);

        /// The runs of a task that ended before this time.
        Set<Long> endedBefore(long task, Instant time);
    }

    /// What exists outside of the database and must not outlive the run.
    interface Remnants {
        /// It is about to be made.
        void making(long run, String kind, String name);

        /// It is gone.
        void gone(long run, String kind, String name);
    }

    RunJob(Parts parts, Run run, TaskWork work, RunLog log, FileEvents.Writer events, RunThreads threads) {
        this.parts = parts;
        this.run = run;
        this.work = work;
        this.log = log;
        this.events = events;
        this.cancel = new CancelFlag();
        this.progress = new Progress();
        this.threads = threads;
    }

    /// How the run ended.
    record Ended(RunState state, String message, RunTotals totals, Trouble trouble) {
        static Ended of(RunState state, String message) {
            return new Ended(state, message, RunTotals.NONE, Trouble.NONE);
        }

        static Ended locked(String why) {
            return new Ended(RunState.FAILED, why, RunTotals.NONE, Trouble.LOCKED);
        }

        Ended as(RunState other, String words) {
            return new Ended(other, words, totals, trouble);
        }

        Ended because(Trouble other) {
            return new Ended(state, message, totals, other);
        }
    }

    CancelFlag cancel() {
        return cancel;
    }

    /// How far it is.
    RunProgress now() {
        Progress.Snapshot now = progress.snapshot();
        boolean begun = now.listed() > 0 || now.filesWanted() > 0;
        return begun ? RunProgress.of(now) : RunProgress.said(0, phase);
    }

    private TaskFields fields() {
        return work.fields();
    }

    /// Does all of it; whatever goes wrong is in the answer.
    Ended perform() {
        Ended main = guarded(this::main);
        Ended ended = main.state() == RunState.FAILED ? main.because(trouble()) : main;
        settle();
        if (run.kind() == RunKind.REAL) {
            Scripts scripts = fields().scripts();
            if (ended.state() == RunState.FAILED || ended.state() == RunState.REFUSED) {
                afterwards("on-failure", "On-failure", scripts.onFailure());
            }
            afterwards("always", "Always", scripts.always());
        }
        return ended;
    }

    /// Wakes up what waits for a server or a disk; nothing of what comes after the transfer.
    synchronized void wake() {
        if (interruptible) {
            threads.interrupt();
        }
    }

    private synchronized void settle() {
        interruptible = false;
        var _ = Thread.interrupted();
    }

    @FunctionalInterface
    private interface Doing {
        Ended done() throws IOException;
    }

    private Ended guarded(Doing doing) {
        try {
            Ended ended = doing.done();
            return cancel.isRaised() && !ended.state().isGood() ? ended.as(RunState.ABORTED, "Stopped") : ended;
        } catch (RefusedException | IOException failure) {
            return failed(String.valueOf(failure.getMessage()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            System.getLogger(RunJob.class.getName())
                    .log(System.Logger.Level.ERROR, "Run %s failed".formatted(run.id()), failure);
            return failed(
                    failure.getMessage() == null
                            ? failure.getClass().getSimpleName()
                            : String.valueOf(failure.getMessage()));
        }
    }

    private Ended failed(String message) {
        if (cancel.isRaised()) {
            log.info("Stopped");
            return Ended.of(RunState.ABORTED, "Stopped");
        }
        log.line(RunLog.Level.ERROR, message);
        return Ended.of(RunState.FAILED, message);
    }

    private Ended main() throws IOException {
        log.info("Run %s of '%s': %s %s, %s"
                .formatted(
                        run.id(), fields().description(), fields().direction(), fields().transferMode(), run.kind()));
        Path local = checkedLocal();
        return switch (run.cause()) {
            case APPROVAL -> applied(run.origin().orElseThrow());
            case UNDO -> undone(run.origin().orElseThrow());
            case SCHEDULE, MISSED, MANUAL, RESUME ->
                run.kind() == RunKind.DRY_RUN ? planned(local) : transferred(local);
        };
    }

    private Path checkedLocal() throws IOException {
        Path path = Path.of(fields().path());
        Optional<String> fault = parts.allowed().fault(fields().path());
        if (fault.isPresent()) {
            throw new RefusedException(fault.orElseThrow());
        }
        boolean made = fields().direction() == Direction.PULL && run.kind() == RunKind.REAL;
        if (!Files.exists(path) && made && path.getParent() != null && Files.isDirectory(path.getParent())) {
            Files.createDirectory(path);
        }
        if (!Files.exists(path)) {
            throw new RefusedException("Directory '%s' does not exist".formatted(path));
        }
        if (!Files.isDirectory(path)) {
            throw new RefusedException("'%s' is not a directory".formatted(path));
        }
        return path;
    }

    private ZonedDateTime time() {
        return parts.clock().instant().atZone(parts.zone());
    }

    private Watch watch() {
        return new Watch(this::heard, progress, cancel);
    }

    private OneWayRuns engine() {
        StorageOpener opener = parts.engine().storages(work.wishes());
        storages = Optional.of(opener);
        return parts.engine().runs(opener, threads);
    }

    private Trouble trouble() {
        Set<ErrorKind> met = storages.map(StorageOpener::failures).orElse(Set.of());
        if (met.contains(ErrorKind.UNAUTHENTICATED)) {
            return Trouble.REFUSED;
        }
        return met.contains(ErrorKind.QUOTA_EXCEEDED) ? Trouble.FULL : Trouble.NONE;
    }

    private Path spill() {
        return parts.folder().scratch(run.id()).resolve("spill");
    }

    private Ended planned(Path local) throws IOException {
        OneWayTask task = work.task(local.toString(), Optional.empty(), Guarding.ON, time());
        warnOfFilters(task);
        phase = "Looking";
        try (var sink = new Sink(task)) {
            Report report = engine().plan(task, spill(), watch(), sink);
            sink.finish(report);
            return ended(sink.totals.report(report));
        }
    }

    private void warnOfFilters(OneWayTask task) {
        if (task.selection() instanceof Filter filter) {
            filter.warnings().forEach(text -> log.line(RunLog.Level.WARN, text));
        }
    }

    private Ended transferred(Path local) throws IOException {
        Scripts scripts = fields().scripts();
        Optional<Ended> stopped = script("pre", "Pre-script", scripts.pre(), local);
        if (stopped.isPresent()) {
            return stopped.orElseThrow();
        }
        Optional<Snapshots.Planned> snapshot =
                fields().carrying().snapshot() ? Optional.of(taken(local)) : Optional.empty();
        Path from = snapshot.map(Snapshots.Planned::folder).orElse(local);
        Ended ended;
        try {
            OneWayTask task = work.task(from.toString(), backup(run.id()), Guarding.ON, time());
            warnOfFilters(task);
            phase = "Transferring";
            ended = ended(engine().run(task, spill(), watch()));
        } finally {
            snapshot.ifPresent(this::removed);
        }
        if (ended.state() == RunState.REFUSED) {
            keepPlan(local);
        }
        if (!ended.state().isGood()) {
            return ended;
        }
        removeOldBackups();
        return script("post", "Post-script", scripts.post(), local)
                .map(bad -> ended.as(bad.state(), bad.message()))
                .orElse(ended);
    }

    /// What cannot be removed is told, and is no failure of the run.
    private void removeOldBackups() {
        int days = fields().safety().backupKeepDays();
        String folder = fields().safety().backupFolder();
        if (days == 0 || folder.isEmpty() || run.task().isEmpty()) {
            return;
        }
        Set<Long> old = parts.history()
                .endedBefore(run.task().orElseThrow(), parts.clock().instant().minus(Duration.ofDays(days)));
        if (old.isEmpty()) {
            return;
        }
        phase = "Removing old backups";
        StorageSpec parent = work.task(fields().path(), Optional.of(folder), Guarding.ON, time())
                .backup()
                .orElseThrow()
                .place()
                .orElseThrow();
        int removed = new OldBackups(
                        parts.engine().storages(work.wishes()),
                        parent,
                        cancel,
                        text -> log.line(RunLog.Level.WARN, text))
                .remove(old);
        if (removed > 0) {
            log.info("Removed %s backups older than %s days".formatted(removed, days));
        }
    }

    private Optional<String> backup(long ofRun) {
        String folder = fields().safety().backupFolder();
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of("%s/run-%s".formatted(folder.replaceAll("/+$", ""), ofRun));
    }

    private Snapshots.Planned taken(Path local) throws IOException {
        String name = "cloud_sync-%s-%s"
                .formatted(
                        run.task().map(String::valueOf).orElse("onetime"),
                        STAMP.format(parts.clock().instant()));
        Snapshots.Planned planned = parts.snapshots().plan(local, name);
        parts.remnants().making(run.id(), planned.kind(), planned.name());
        log.info("Taking the %s snapshot '%s'".formatted(planned.kind(), planned.name()));
        try {
            parts.snapshots().take(planned);
            return planned;
        } catch (IOException | RefusedException failure) {
            removed(planned);
            throw failure;
        }
    }

    private void removed(Snapshots.Planned snapshot) {
        try {
            parts.snapshots().remove(snapshot.kind(), snapshot.name());
            parts.remnants().gone(run.id(), snapshot.kind(), snapshot.name());
        } catch (IOException failure) {
            log.line(
                    RunLog.Level.WARN,
                    "The snapshot stays; the service removes it when it next looks for leftovers: "
                            + failure.getMessage());
        }
    }

    /// What the guards stopped, kept so that somebody can look at it and approve of it.
    private void keepPlan(Path local) throws IOException {
        OneWayTask task = work.task(local.toString(), backup(run.id()), Guarding.LIFTED, time());
        try (var sink = new Sink(task)) {
            Report report = engine().plan(task, spill(), new Watch(_ -> {}, new Progress(), cancel), sink);
            sink.finish(report);
            log.info("The plan is kept. To do it: skyferry run approve " + run.id());
        }
    }

    private Ended applied(long origin) throws IOException {
        try (var plan = new PlanFile.Reader(parts.folder().plan(origin))) {
            OneWayTask task = work.task(fields().path(), backup(run.id()), Guarding.LIFTED, time());
            var whole = new OneWayTask(
                    plan.header().mode(),
                    task.source(),
                    task.target(),
                    Selection.everything(),
                    task.options(),
                    task.backup(),
                    task.references(),
                    task.patience());
            phase = "Doing the plan of run " + origin;
            return ended(engine().apply(whole, plan.header().places(), plan, spill(), watch()));
        }
    }

    private Ended undoneByVersions(long origin) {
        if (!Files.exists(parts.folder().events(origin))) {
            throw new RefusedException(
                    "Want to know what run %s did but its events are kept no longer".formatted(origin));
        }
        phase = "Putting back older versions of what run %s replaced and deleted".formatted(origin);
        log.info(phase);
        List<FileEvents.Event> done = FileEvents.read(
                parts.folder().events(origin), new FileEvents.Query(VersionUndo.UNDONE, "", 0, Integer.MAX_VALUE));
        Set<String> since = new HashSet<>();
        for (long later : parts.history().after(run.task().orElse(0L), origin)) {
            FileEvents.read(parts.folder().events(later), new FileEvents.Query(CHANGING, "", 0, Integer.MAX_VALUE))
                    .forEach(event -> since.add(event.path()));
        }
        StorageSpec target = work.task(fields().path(), Optional.empty(), Guarding.ON, time())
                .target();
        StorageOpener opener = parts.engine().storages(work.wishes());
        storages = Optional.of(opener);
        RunTotals totals = new VersionUndo(opener, cancel, new Told()).undo(target, done, since);
        RunState state =
                totals.failed() > 0 ? RunState.FAILED : totals.skipped() > 0 ? RunState.WARNINGS : RunState.SUCCESS;
        String message =
                "%s put back, %s left alone, %s failed".formatted(totals.copied(), totals.skipped(), totals.failed());
        log.info(message);
        return new Ended(state, state == RunState.SUCCESS ? "" : message, totals, Trouble.NONE);
    }

    /// Tells what an undoing does.
    private final class Told implements VersionUndo.Hearing {
        @Override
        public void putBack(String path) {
            log.info("put back: '%s'".formatted(path));
            event("put back", path, 0, "");
        }

        @Override
        public void leftAlone(String path, String reason) {
            log.line(RunLog.Level.WARN, "'%s' stays as it is: %s".formatted(path, reason));
            event("skipped", path, 0, reason);
        }

        @Override
        public void failed(String path, String reason) {
            log.line(RunLog.Level.ERROR, "'%s': %s".formatted(path, reason));
            event("failed", path, 0, reason);
        }
    }

    private Ended undone(long origin) {
        if (fields().safety().backupFolder().isEmpty()) {
            return undoneByVersions(origin);
        }
        OneWayTask forward =
                work.task(fields().path(), Optional.of(backup(origin).orElseThrow()), Guarding.ON, time());
        StorageSpec kept = forward.backup().orElseThrow().place().orElseThrow();
        var task = new OneWayTask(
                Mode.COPY,
                kept,
                forward.target(),
                Selection.everything(),
                forward.options(),
                Optional.empty(),
                List.of(),
                forward.patience());
        phase = "Putting back what run %s replaced and deleted".formatted(origin);
        log.info(phase);
        return ended(engine().run(task, spill(), watch()));
    }

    private Ended ended(Report report) {
        RunTotals totals = RunTotals.of(report);
        report.warnings().forEach(text -> log.line(RunLog.Level.WARN, text));
        String message = switch (report.verdict()) {
            case SUCCESS, WARNINGS -> report.warnings().stream().findFirst().orElse("");
            case REFUSED -> report.refusal();
            case ABORTED -> "Stopped";
            case FAILED -> failures(report);
        };
        log.line(
                report.verdict() == Verdict.SUCCESS ? RunLog.Level.INFO : RunLog.Level.WARN,
                "%s: %s files with %s bytes transferred, %s copied there, %s renamed, %s deleted, %s in step, %s left alone, %s failed%s"
                        .formatted(
                                report.verdict(),
                                totals.files(),
                                totals.bytes(),
                                totals.copied(),
                                totals.renamed(),
                                totals.deleted(),
                                totals.unchanged(),
                                totals.skipped(),
                                totals.failed(),
                                message.isEmpty() ? "" : ". " + message));
        return new Ended(
                switch (report.verdict()) {
                    case SUCCESS -> RunState.SUCCESS;
                    case WARNINGS -> RunState.WARNINGS;
                    case FAILED -> RunState.FAILED;
                    case REFUSED -> RunState.REFUSED;
                    case ABORTED -> RunState.ABORTED;
                },
                message,
                totals,
                Trouble.NONE);
    }

    private static String failures(Report report) {
        String first = report.failures().stream()
                .findFirst()
                .map(one -> one.path().isEmpty() ? one.reason() : "'%s': %s".formatted(one.path(), one.reason()))
                .orElse("");
        return PlainText.of(
                report.failed() > 1 ? "%s of them failed; the first: %s".formatted(report.failed(), first) : first);
    }

    private void heard(RunEvent event) {
        switch (event) {
            case RunEvent.Planned _ -> {}
            case RunEvent.Began _ -> {}
            case RunEvent.Done(Step step, long bytes) -> told(StepWords.done(step), step, bytes);
            case RunEvent.Failed(var path, String reason) -> {
                log.line(RunLog.Level.ERROR, "'%s': %s".formatted(path.text(), reason));
                event("failed", path.text(), 0, reason);
            }
            case RunEvent.LeftAlone(var path, String reason) -> event("skipped", path.text(), 0, reason);
            case RunEvent.Warned(String text) -> log.line(RunLog.Level.WARN, text);
            case RunEvent.Refused(String text) -> log.line(RunLog.Level.WARN, text);
        }
    }

    private void told(String what, Step step, long bytes) {
        log.info("%s: '%s'".formatted(what, step.path().text()));
        event(what, step.path().text(), bytes, "");
    }

    private void event(String what, String path, long bytes, String reason) {
        events.add(new FileEvents.Event(parts.clock().instant(), what, path, bytes, reason));
    }

    /// Runs a script.
    ///
    /// @return how the run ends because of it; empty: it goes on
    private Optional<Ended> script(String name, String label, String script, Path path) throws IOException {
        if (script.isBlank()) {
            return Optional.empty();
        }
        phase = label;
        var runner = new ScriptRunner(
                parts.folder().scratch(run.id()), cancel, line -> log.info("[%s] %s".formatted(label, line)));
        return switch (runner.run(
                name, script, environment(path), fields().scripts().timeLimit())) {
            case ScriptRunner.Ended.Exited(int code) when code == 0 -> Optional.empty();
            case ScriptRunner.Ended.Exited(int code) ->
                Optional.of(failed("%s failed with exit code %s".formatted(label, code)));
            case ScriptRunner.Ended.TimedOut() -> Optional.of(failed("%s took too long".formatted(label)));
            case ScriptRunner.Ended.Stopped() -> Optional.of(failed("Stopped"));
        };
    }

    /// A script that comes when all is over: it is told of, and changes nothing any more. Who stops the run while it
    /// goes on stops it; where the run was stopped before, it has its time limit, or a short one.
    private void afterwards(String name, String label, String script) {
        if (script.isBlank()) {
            return;
        }
        boolean wasStopped = cancel.isRaised();
        Duration wanted = fields().scripts().timeLimit();
        Duration limit = wasStopped && wanted.isZero() ? AFTER_A_STOP : wanted;
        phase = label;
        var runner = new ScriptRunner(
                parts.folder().scratch(run.id()),
                wasStopped ? new CancelFlag() : cancel,
                line -> log.info("[%s] %s".formatted(label, line)));
        try {
            var ended = runner.run(name, script, environment(Path.of(fields().path())), limit);
            log.info("%s script: %s".formatted(label, ended));
        } catch (IOException | RuntimeException failure) {
            log.line(RunLog.Level.WARN, "%s script: %s".formatted(label, failure.getMessage()));
        }
    }

    private Map<String, String> environment(Path path) {
        StorageSpec credential = parts.credentials().resolve(new StorageSpec(work.credential(), Map.of()));
        Set<String> hidden = new HashSet<>();
        parts.credentials().kinds().settings(credential.provider()).forEach((name, setting) -> {
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

    /// Removes what the run needed while it went on.
    void cleanUp() {
        try {
            Folders.remove(parts.folder().scratch(run.id()));
        } catch (IOException failure) {
            log.line(RunLog.Level.WARN, "Files stay behind: " + failure.getMessage());
        }
    }

    /// Writes a plan as it is made.
    private final class Sink implements OneWayRuns.PlanSink, AutoCloseable {
        private final OneWayTask task;
        private final PlanTotals totals = new PlanTotals();
        private final PlanFile.Writer writer;

        Sink(OneWayTask task) throws IOException {
            this.task = task;
            this.writer = new PlanFile.Writer(parts.folder().plan(run.id()));
        }

        @Override
        public void begin(PlannedPlaces places) {
            writer.begin(PlanFile.Header.of(task, places));
        }

        @Override
        public void accept(Step step) {
            totals.add(step);
            if (run.kind() == RunKind.DRY_RUN) {
                told("would be " + StepWords.done(step), step, 0);
            }
            writer.step(step);
        }

        void finish(Report report) throws IOException {
            if (report.verdict() == Verdict.SUCCESS || report.verdict() == Verdict.WARNINGS) {
                writer.finish();
            }
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
