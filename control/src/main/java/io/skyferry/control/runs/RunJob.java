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
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.TaskWork.Guarding;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Filter;
import io.skyferry.filter.Selection;
import io.skyferry.limits.Counted;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One run from its first look to its last script.
///
/// The order: look at the local folder, pre-script, snapshot, transfer, snapshot away, post-script or failure
/// script, and the last script in any case. The pre-script comes before the snapshot, so that it can bring what is
/// to be saved to rest.
final class RunJob {
    private static final Set<String> CHANGING =
            Set.of("added", "replaced", "deleted", "renamed", "copied there", "put back");

    private final Parts parts;
    private final Run run;
    private final TaskWork work;
    private final RunLog log;
    private final RunStory story;
    private final RunScripts scripts;
    private final RunSnapshots snapshots;
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
        this.cancel = new CancelFlag();
        this.story = new RunStory(log, events, parts.clock());
        this.scripts =
                new RunScripts(run, work, parts.credentials(), parts.folder().scratch(run.id()), log, cancel);
        this.snapshots = new RunSnapshots(run, parts, log);
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
            if (ended.state() == RunState.FAILED || ended.state() == RunState.REFUSED) {
                afterwards("on-failure", "On-failure", fields().scripts().onFailure());
            }
            afterwards("always", "Always", fields().scripts().always());
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
        log.info("%s %s of '%s': %s %s"
                .formatted(
                        run.kind() == RunKind.DRY_RUN ? "Dry run" : "Run",
                        run.id(),
                        fields().description(),
                        fields().direction(),
                        fields().transferMode()));
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
        return new Watch(story::heard, progress, cancel);
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
            return story.ended(sink.totals.report(report));
        }
    }

    private void warnOfFilters(OneWayTask task) {
        if (task.selection() instanceof Filter filter) {
            filter.warnings().forEach(text -> log.line(RunLog.Level.WARN, text));
        }
    }

    /// Says why nothing was selected, where that may be a mistake.
    private Report doubting(OneWayTask task, Report report) {
        if (report.isIdle() && task.selection() instanceof Filter filter) {
            filter.doubts().forEach(text -> log.line(RunLog.Level.WARN, text));
        }
        return report;
    }

    private Ended transferred(Path local) throws IOException {
        Optional<Ended> stopped = script("pre", "Pre-script", fields().scripts().pre(), local);
        if (stopped.isPresent()) {
            return stopped.orElseThrow();
        }
        Optional<Snapshots.Planned> snapshot =
                fields().carrying().snapshot() ? Optional.of(snapshots.taken(local)) : Optional.empty();
        Path from = snapshot.map(Snapshots.Planned::folder).orElse(local);
        Ended ended;
        try {
            OneWayTask task = work.task(from.toString(), backup(run.id()), Guarding.ON, time());
            warnOfFilters(task);
            phase = "Transferring";
            ended = story.ended(doubting(task, engine().run(task, spill(), watch())));
        } finally {
            snapshot.ifPresent(snapshots::removed);
        }
        if (ended.state() == RunState.REFUSED) {
            keepPlan(local);
        }
        if (!ended.state().isGood()) {
            return ended;
        }
        removeOldBackups();
        return script("post", "Post-script", fields().scripts().post(), local)
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
            log.info("Removed %s older than %s".formatted(Counted.of(removed, "backup"), Counted.of(days, "day")));
        }
    }

    private Optional<String> backup(long ofRun) {
        String folder = fields().safety().backupFolder();
        return folder.isEmpty()
                ? Optional.empty()
                : Optional.of("%s/run-%s".formatted(folder.replaceAll("/+$", ""), ofRun));
    }

    /// What the guards stopped, kept so that somebody can look at it and approve of it.
    private void keepPlan(Path local) throws IOException {
        OneWayTask task = work.task(local.toString(), backup(run.id()), Guarding.LIFTED, time());
        try (var sink = new Sink(task)) {
            Report report = engine().plan(task, spill(), new Watch(_ -> {}, new Progress(), cancel), sink);
            sink.finish(report);
            log.info("The plan is kept. To do it: Run exactly this on the page of the run, or skyferry run approve "
                    + run.id());
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
            return story.ended(engine().apply(whole, plan.header().places(), plan, spill(), watch()));
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
        RunTotals totals = new VersionUndo(opener, cancel, story).undo(target, done, since);
        RunState state =
                totals.failed() > 0 ? RunState.FAILED : totals.skipped() > 0 ? RunState.WARNINGS : RunState.SUCCESS;
        String message =
                "%s put back, %s left alone, %s failed".formatted(totals.copied(), totals.skipped(), totals.failed());
        log.info(message);
        return new Ended(state, state == RunState.SUCCESS ? "" : message, totals, Trouble.NONE);
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
        return story.ended(engine().run(task, spill(), watch()));
    }

    private Optional<Ended> script(String name, String label, String script, Path path) throws IOException {
        enter(label, script);
        return scripts.run(name, label, script, path).map(this::failed);
    }

    private void afterwards(String name, String label, String script) {
        enter(label, script);
        scripts.afterwards(name, label, script);
    }

    private void enter(String label, String script) {
        if (!script.isBlank()) {
            phase = label;
        }
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
            this.writer = new PlanFile.Writer(parts.folder().plan(run.id()), spill());
        }

        @Override
        public void begin(PlannedPlaces places, Capabilities target) {
            totals.begin(target);
            writer.begin(PlanFile.Header.of(task, places));
        }

        @Override
        public void accept(Step step) {
            totals.add(step);
            if (run.kind() == RunKind.DRY_RUN) {
                story.told("would be " + PlanChange.of(step).done(), step, 0);
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
