package io.skyferry.control.runs;

import io.skyferry.control.credential.Credentials;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.setting.Settings.Name;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.AllowedFolders;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps tasks going in one process: asks for runs that are due, does runs that wait, and mends what a
/// crash left.
///
/// Several processes may do so on one database: each looks and takes in one transaction, so nothing is done twice,
/// and what one that died had begun is taken up by the others.
public final class Service implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Service.class.getName());
    /// Who wants a run to stop is heard so soon.
    private static final Duration WATCH_EACH = Duration.ofMillis(200);
    private static final Duration LOOK_EACH = Duration.ofMillis(400);
    private static final Duration TELL_EACH = Duration.ofSeconds(10);
    private static final Duration MEND_EACH = Duration.ofSeconds(15);
    private static final Duration TIDY_EACH = Duration.ofHours(1);
    private static final Duration INTERRUPT_AFTER = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final long CLOSE_SECONDS = 8;

    private final Parts parts;
    private final RunQueue queue;
    private final Recovery recovery;
    private final Housekeeping housekeeping;
    private final Map<Long, Going> going = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("service").factory());
    private Optional<Long> only = Optional.empty();
    private Node node = Node.here(false, "");
    private Instant looked = Instant.MIN;
    private Instant told = Instant.MIN;
    private Instant mended = Instant.MIN;
    private Instant tidied = Instant.MIN;
    private volatile boolean closing;

    /// What a service works with.
    ///
    /// @param outcomes hears of each run that has ended here
    public record Parts(
            AppDatabase database,
            Tasks tasks,
            Runs runs,
            Credentials credentials,
            Settings settings,
            NextRuns schedules,
            Engine engine,
            Snapshots snapshots,
            Locks locks,
            RunFolder folder,
            Outcomes outcomes,
            InstantSource clock,
            ZoneId zone) {}

    /// A run that goes on here.
    private static final class Going {
        private final RunJob job;
        private final FileEvents.Writer events;
        private final Optional<Instant> windowEnd;
        private volatile String stopped = "";
        private volatile Instant stoppedAt = Instant.MAX;
        private volatile String progress = "";

        Going(RunJob job, FileEvents.Writer events, Optional<Instant> windowEnd) {
            this.job = job;
            this.events = events;
            this.windowEnd = windowEnd;
        }

        void stop(String why, Instant now) {
            if (stopped.isEmpty()) {
                stopped = why;
                stoppedAt = now;
                job.cancel().raise();
            }
        }
    }

    /// A service that has not begun.
    public Service(Parts parts) {
        this.parts = parts;
        this.queue = new RunQueue(parts.database(), parts.runs(), parts.engine(), parts.clock());
        this.recovery = new Recovery(parts.database(), parts.tasks(), parts.snapshots(), parts.clock());
        this.housekeeping = new Housekeeping(parts.database(), parts.settings(), parts.folder(), parts.clock());
    }

    /// Begins: from now on what is due is done.
    ///
    /// @param url where this process can be spoken to; empty: nowhere
    public void start(String url) {
        begin(Node.here(true, url), Optional.empty());
    }

    private void begin(Node here, Optional<Long> run) {
        node = here;
        only = run;
        tell(parts.clock().instant());
        var _ = ticker.scheduleWithFixedDelay(this::look, 0, WATCH_EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Does one run and nothing else, where no service does.
    ///
    /// @param each told of the run as it goes on
    /// @return the run as it ended
    public Run runToEnd(long id, Consumer<Run> each) {
        begin(Node.here(false, ""), Optional.of(id));
        Run ended = follow(id, each);
        housekeeping.tidy();
        return ended;
    }

    /// Waits for the end of a run, whoever does it.
    public Run follow(long id, Consumer<Run> each) {
        return Following.toEnd(parts.runs(), id, each);
    }

    /// Whether a process on this database does whatever is due.
    public static boolean isServed(AppDatabase database, InstantSource clock) {
        return database.read(session -> Node.all(session).stream()
                        .anyMatch(known -> known.node().serving() && Node.isAlive(known, clock.instant())))
                .orElse(false);
    }

    /// How many processes on this database have runs that go on.
    public static long busyProcesses(AppDatabase database) {
        return database.read(session -> session.first(
                        "select count(distinct node) from run where state = 'RUNNING'", row -> row.getLong(1)))
                .flatMap(found -> found)
                .orElse(0L);
    }

    /// Where the process that serves this database can be spoken to.
    public static Optional<String> servedAt(AppDatabase database, InstantSource clock) {
        return database.read(session -> Node.all(session).stream()
                        .filter(known -> known.node().serving() && Node.isAlive(known, clock.instant()))
                        .map(known -> known.node().url())
                        .filter(url -> !url.isEmpty())
                        .findFirst())
                .flatMap(found -> found);
    }

    /// One look at everything. Trouble is told and does not end the service.
    private void look() {
        try {
            Instant now = parts.clock().instant();
            watchGoing(now);
            if (looked.plus(LOOK_EACH).isAfter(now) && !looked.isAfter(now)) {
                return;
            }
            looked = now;
            tellProgress();
            if (told.plus(TELL_EACH).isBefore(now)) {
                tell(now);
            }
            if (mended.plus(MEND_EACH).isBefore(now)) {
                recovery.mend(node, going.keySet())
                        .forEach(run -> parts.outcomes().finished(run, Trouble.NONE));
                mended = now;
            }
            if (!closing) {
                if (only.isEmpty()) {
                    askForDue(now);
                }
                beginWaiting();
            }
            if (only.isEmpty() && tidied.plus(TIDY_EACH).isBefore(now)) {
                housekeeping.tidy();
                tidied = now;
            }
        } catch (RuntimeException failure) {
            LOGGER.log(System.Logger.Level.ERROR, "The service goes on after", failure);
        }
    }

    private void tell(Instant now) {
        parts.database().write(session -> {
            node.tell(session, now);
            return true;
        });
        told = now;
    }

    private void askForDue(Instant now) {
        boolean any = parts.database()
                .read(session -> session.first(
                                "select 1 from task where enabled = 1 and next_due <= ? limit 1",
                                _ -> true,
                                now.toEpochMilli())
                        .isPresent())
                .orElse(false);
        if (!any) {
            return;
        }
        List<Long> due = parts.database()
                .read(session -> session.list(
                        "select id from task where enabled = 1 and next_due <= ? order by next_due, id",
                        row -> row.getLong(1),
                        now.toEpochMilli()))
                .orElse(List.of());
        for (long id : due) {
            parts.tasks().find(id).ifPresent(task -> askFor(task, now));
        }
    }

    private void askFor(Task task, Instant now) {
        Optional<Instant> next = parts.schedules().next(task.fields().timing(), task.id(), now, parts.zone());
        Instant due = task.nextRun().orElse(now);
        boolean missed = due.plus(LATE).isBefore(now);
        boolean wanted = parts.locks().why(task).isEmpty()
                && switch (task.fields().timing().missed()) {
                    case RUN_ONCE -> true;
                    case SKIP -> !missed;
                };
        parts.database().write(session -> {
            // Whoever moves the time on is the one who asks for the run.
            int moved = session.change(
                    "update task set next_due = ? where id = ? and next_due = ?",
                    next.map(Instant::toEpochMilli).orElse(null),
                    task.id(),
                    due.toEpochMilli());
            var rows = new RunRows(session);
            if (moved == 1) {
                var _ = Changes.told(session, Changes.Thing.TASK);
            }
            if (moved == 1 && wanted && rows.waiting(task.id(), RunKind.REAL).isEmpty()) {
                rows.insert(
                        new RunRows.Wanted(
                                Optional.of(task.id()),
                                task.fields().description(),
                                RunKind.REAL,
                                missed ? RunCause.MISSED : RunCause.SCHEDULE,
                                "service",
                                "",
                                Optional.empty()),
                        now);
            }
            return true;
        });
    }

    private void beginWaiting() {
        if (!queue.isWaiting()) {
            return;
        }
        queue.lookUpClaims();
        int most = parts.settings().number(Name.MAX_RUNS);
        while (going.size() < most) {
            Optional<Run> next = queue.take(only, node);
            if (next.isEmpty()) {
                return;
            }
            begin(next.orElseThrow());
        }
    }

    /// Nothing that goes wrong here may leave a run that seems to go on.
    private void begin(Run run) {
        try {
            Optional<String> locked = run.task().flatMap(parts.tasks()::find).flatMap(parts.locks()::why);
            if (locked.isPresent()) {
                end(run, RunJob.Ended.locked(locked.orElseThrow()), "", RunProgress.NONE);
                return;
            }
            TaskWork work = parts.runs().work(run);
            List<String> secrets = new ArrayList<>(work.secrets().values());
            secrets.addAll(parts.credentials().secretsOf(work.fields().credential()));
            var log = new RunLog(parts.folder().log(run.id()), parts.clock(), secrets);
            start(run, work, log);
        } catch (RuntimeException failure) {
            going.remove(run.id());
            end(run, RunJob.Ended.of(RunState.FAILED, String.valueOf(failure.getMessage())), "", RunProgress.NONE);
        }
    }

    private void start(Run run, TaskWork work, RunLog log) {
        var threads = new RunThreads("run-" + run.id());
        var events = new FileEvents.Writer(parts.folder().events(run.id()));
        var job = new RunJob(
                new RunJob.Parts(
                        parts.engine(),
                        parts.credentials(),
                        parts.folder(),
                        parts.snapshots(),
                        recovery,
                        new RunHistory(parts.database()),
                        new AllowedFolders(parts.settings().allowedFolders()),
                        parts.clock(),
                        parts.zone()),
                run,
                work,
                log,
                events,
                threads);
        Optional<Instant> windowEnd = run.cause() == RunCause.MANUAL
                ? Optional.empty()
                : parts.schedules()
                        .windowEnd(work.fields().timing(), parts.clock().instant(), parts.zone());
        var one = new Going(job, events, windowEnd);
        going.put(run.id(), one);
        threads.newThread(() -> perform(run, one, log)).start();
    }

    private void perform(Run run, Going one, RunLog log) {
        try (log) {
            RunJob.Ended ended = one.job.perform();
            one.events.close();
            one.job.cleanUp();
            RunProgress progress = one.job.now();
            boolean wasCut = closing && ended.state() == RunState.ABORTED && one.stopped.equals(CLOSING);
            end(
                    run,
                    wasCut ? ended.as(RunState.INTERRUPTED, "The service was stopped") : worded(ended, one),
                    log.excerpt(),
                    ended.state().isGood() ? progress.finished() : progress);
        } finally {
            going.remove(run.id());
            beginNext();
        }
    }

    /// What waits for a place or its turn need not wait for the next look.
    private void beginNext() {
        try {
            ticker.execute(() -> {
                if (!closing) {
                    safely(this::beginWaiting);
                }
            });
        } catch (RejectedExecutionException ended) {
            LOGGER.log(System.Logger.Level.DEBUG, "The service has ended", ended);
        }
    }

    private static void safely(Runnable doing) {
        try {
            doing.run();
        } catch (RuntimeException failure) {
            LOGGER.log(System.Logger.Level.ERROR, "The service goes on after", failure);
        }
    }

    private static final String CLOSING = "closing";

    private static RunJob.Ended worded(RunJob.Ended ended, Going one) {
        return ended.state() == RunState.ABORTED && !one.stopped.isEmpty()
                ? ended.as(ended.state(), one.stopped)
                : ended;
    }

    private void end(Run run, RunJob.Ended ended, String excerpt, RunProgress progress) {
        Instant now = parts.clock().instant();
        try {
            Optional<Run> finished = parts.database().write(session -> {
                var rows = new RunRows(session);
                rows.finish(
                        run.id(),
                        ended.state(),
                        new RunOutcome(ended.message(), excerpt, progress, ended.totals()),
                        now);
                if (ended.state().isGood()
                        && run.kind() == RunKind.REAL
                        && run.task().isPresent()) {
                    session.change(
                            "update task set last_success = ? where id = ?",
                            now.toEpochMilli(),
                            run.task().orElseThrow());
                }
                Optional<Run> found = rows.find(run.id());
                return found.isPresent() && goesOn(session, found.orElseThrow()) ? Optional.<Run>empty() : found;
            });
            finished.ifPresent(one -> parts.outcomes().finished(one, ended.trouble()));
        } catch (RuntimeException failure) {
            LOGGER.log(System.Logger.Level.ERROR, "The end of run %s is not kept".formatted(run.id()), failure);
        }
    }

    /// A run that the end of the service cut short is no failure if the next start goes on with it. Who ran a single
    /// one by hand, and stopped it, wants no other.
    private boolean goesOn(Session session, Run run) throws SQLException {
        return run.state() == RunState.INTERRUPTED && only.isEmpty() && recovery.goOn(session, run);
    }

    private void watchGoing(Instant now) {
        if (going.isEmpty()) {
            return;
        }
        Map<Long, String> stops = new ConcurrentHashMap<>();
        parts.database()
                .read(session -> session.list(
                        "select id from run where state = 'RUNNING' and stop is not null",
                        row -> stops.put(row.getLong(1), "Stopped") == null));
        going.forEach((id, one) -> {
            if (stops.containsKey(id)) {
                one.stop("Stopped", now);
            }
            if (one.windowEnd.map(end -> !now.isBefore(end)).orElse(false)) {
                one.stop("Stopped at the end of its window; the next run goes on", now);
            }
            if (one.stoppedAt.isBefore(now.minus(INTERRUPT_AFTER))) {
                one.job.wake();
            }
        });
    }

    private void tellProgress() {
        Map<Long, RunProgress> changed = new ConcurrentHashMap<>();
        going.forEach((id, one) -> {
            one.events.flush();
            RunProgress progress = one.job.now();
            String text = progress.json().toString();
            if (!text.equals(one.progress)) {
                one.progress = text;
                changed.put(id, progress);
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        parts.database().write(session -> {
            var rows = new RunRows(session);
            for (Map.Entry<Long, RunProgress> one : changed.entrySet()) {
                rows.progress(one.getKey(), one.getValue());
            }
            return true;
        });
    }

    /// Ends: runs that go on are stopped in order, to be taken up at the next start.
    @Override
    public void close() {
        closing = true;
        Instant now = parts.clock().instant();
        var ended = new CountDownLatch(1);
        // In the thread that begins runs: one that it has just taken, and not yet begun, is stopped as well.
        var _ = ticker.scheduleWithFixedDelay(
                () -> {
                    going.values().forEach(one -> one.stop(CLOSING, now));
                    if (going.isEmpty()) {
                        ended.countDown();
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
        try {
            var _ = ended.await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        ticker.shutdown();
        parts.database().write(session -> {
            node.leave(session);
            return true;
        });
    }
}
