package io.skyferry.control.runs;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.PlanFile;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.task.ForbiddenException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.vault.Spot;
import io.skyferry.control.vault.Vault;
import io.skyferry.engine.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be done with runs: ask for them, stop them, look at them.
///
/// Nothing here does a run: a [Service] of any process on the same database does. So all of it works
/// whether the
/// service is in this process, in another one, or not there at all.
public final class Runs {
    private static final String TABLE = "run_secret";
    private static final long QUARTER_MILLIS = 15 * 60 * 1000;
    private static final int FEW = 20;

    private final AppDatabase database;
    private final Vault vault;
    private final Tasks tasks;
    private final RunFolder folder;
    private final PlanPages plans;
    private final InstantSource clock;

    /// Runs in this database, their files in this folder.
    public Runs(AppDatabase database, Vault vault, Tasks tasks, RunFolder folder, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.tasks = tasks;
        this.folder = folder;
        this.plans = new PlanPages(folder);
        this.clock = clock;
    }

    private static void expect(Caller caller) {
        if (!caller.role().includes(Role.OPERATOR)) {
            throw new ForbiddenException(
                    "Want the role '%s' but '%s' has '%s'".formatted(Role.OPERATOR, caller.name(), caller.role()));
        }
    }

    /// Asks for a run of a task. Where one waits already, that one is the answer.
    ///
    /// @throws NotFoundException if there is no such task
    public Run trigger(long task, RunKind kind, Caller caller) {
        expect(caller);
        Task there = tasks.get(task);
        return database.write(session -> {
            var rows = new RunRows(session);
            Optional<Run> waiting = rows.waiting(task, kind);
            if (waiting.isPresent()) {
                return waiting.orElseThrow();
            }
            long id = rows.insert(
                    new RunRows.Wanted(
                            Optional.of(task),
                            there.fields().description(),
                            kind,
                            RunCause.MANUAL,
                            caller.name(),
                            "",
                            Optional.empty()),
                    clock.instant());
            AuditLog.add(
                    session, caller, clock.instant(), "run.start", "task " + task, "run %s, %s".formatted(id, kind));
            return rows.find(id).orElseThrow();
        });
    }

    /// Asks for a run of a task that is not saved.
    ///
    /// @throws InvalidException naming each field that is wrong; scripts are refused
    public Run triggerUnsaved(JsonValue.Members task, RunKind kind, Caller caller) {
        expect(caller);
        TaskWork work = tasks.check(task, caller);
        if (!work.fields().scripts().isEmpty()) {
            throw new InvalidException("pre_script", "This option may not be used for onetime cloud sync operations");
        }
        return database.write(session -> {
            var rows = new RunRows(session);
            JsonValue.Members plain = task;
            for (String secret : work.secrets().keySet()) {
                plain = plain.without(secret);
            }
            long id = rows.insert(
                    new RunRows.Wanted(
                            Optional.empty(),
                            work.fields().description(),
                            kind,
                            RunCause.MANUAL,
                            caller.name(),
                            plain.toString(),
                            Optional.empty()),
                    clock.instant());
            for (Map.Entry<String, String> one : work.secrets().entrySet()) {
                if (!one.getValue().isEmpty()) {
                    byte[] sealed =
                            vault.seal(new Spot(TABLE, id, one.getKey()), one.getValue(), Vault.standing(session));
                    session.change(
                            "insert into run_secret(run_id, name, sealed) values (?, ?, ?)", id, one.getKey(), sealed);
                }
            }
            AuditLog.add(
                    session, caller, clock.instant(), "run.start", "unsaved task", "run %s, %s".formatted(id, kind));
            return rows.find(id).orElseThrow();
        });
    }

    /// Asks for a run of a saved task as it would be after a change that is not saved.
    ///
    /// @throws InvalidException naming each field that is wrong; scripts are refused
    public Run triggerChanged(long task, JsonValue.Members changed, RunKind kind, Caller caller) {
        return triggerUnsaved(tasks.revealed(changed, task, caller), kind, caller);
    }

    /// What the run is to do, its secrets in the open.
    TaskWork work(Run run) {
        if (run.task().isPresent()) {
            return tasks.work(run.task().orElseThrow());
        }
        Unsaved unsaved = database.read(session -> {
                    Map<String, String> secrets = new HashMap<>();
                    session.list(
                            "select name, sealed from run_secret where run_id = ?",
                            row -> secrets.put(
                                    row.getString(1),
                                    vault.open(new Spot(TABLE, run.id(), row.getString(1)), row.getBytes(2))),
                            run.id());
                    String fields = session.first(
                                    "select fields from run where id = ?", row -> row.getString(1), run.id())
                            .orElse("");
                    return new Unsaved(fields, secrets);
                })
                .orElseThrow();
        JsonValue.Members all = (JsonValue.Members) JsonValue.parse(unsaved.fields());
        for (Map.Entry<String, String> one : unsaved.secrets().entrySet()) {
            all = all.with(one.getKey(), JsonValue.of(one.getValue()));
        }
        return tasks.check(all, Caller.SERVICE);
    }

    private record Unsaved(String fields, Map<String, String> secrets) {
        @Override
        public String toString() {
            return fields;
        }
    }

    /// Tells the runs of a task to stop: the one that goes on and the one that waits.
    ///
    /// @return whether there was one
    public boolean abortTask(long task, Caller caller) {
        expect(caller);
        return stop("task_id = ? and state in ('WAITING', 'RUNNING')", task, caller, "task " + task);
    }

    /// Tells a run to stop.
    ///
    /// @return whether it had not ended yet
    public boolean abort(long run, Caller caller) {
        expect(caller);
        return stop("id = ? and state in ('WAITING', 'RUNNING')", run, caller, "run " + run);
    }

    private boolean stop(String condition, long id, Caller caller, String object) {
        return database.write(session -> {
            boolean any = session.change(
                            "update run set stop = 'ABORT', changed = ? where " + condition,
                            new RunRows(session).changing(),
                            id)
                    > 0;
            // What has not begun ends here; a run that goes on is ended by the process that does it.
            session.change(
                    "update run set state = 'ABORTED', finished = ?, message = 'Stopped before it began', changed = ?"
                            + " where " + condition + " and state = 'WAITING'",
                    clock.millis(),
                    new RunRows(session).changing(),
                    id);
            if (any) {
                AuditLog.add(session, caller, clock.instant(), "run.abort", object, "");
            }
            return any;
        });
    }

    /// Asks for exactly what the plan of a run says: of one that a guard stopped, or of a dry run. Once.
    ///
    /// @throws RefusedException if it has no plan, or somebody has approved of it already
    public Run approve(long run, Caller caller) {
        expect(caller);
        Run there = get(run);
        boolean planned = there.state() == RunState.REFUSED
                || (there.kind() == RunKind.DRY_RUN && there.state().isGood());
        if (!planned || !Files.exists(folder.plan(run))) {
            throw new RefusedException("Want a run that waits with a plan but run %s is %s%s"
                    .formatted(run, there.state(), planned ? " and its plan is gone" : ""));
        }
        if (there.task().isEmpty()) {
            throw new RefusedException("Want the run of a saved task but run %s is of none".formatted(run));
        }
        return database.write(session -> {
            var rows = new RunRows(session);
            boolean first = session.change(
                            "update run set answered = ?, changed = ? where id = ? and answered is null",
                            clock.millis(),
                            rows.changing(),
                            run)
                    > 0;
            if (!first) {
                throw new RefusedException("The plan of run %s was approved already".formatted(run));
            }
            long id = rows.insert(further(there, RunCause.APPROVAL, caller), clock.instant());
            AuditLog.add(session, caller, clock.instant(), "run.approve", "run " + run, "run " + id);
            return rows.find(id).orElseThrow();
        });
    }

    private static RunRows.Wanted further(Run origin, RunCause cause, Caller caller) {
        return new RunRows.Wanted(
                origin.task(), origin.description(), RunKind.REAL, cause, caller.name(), "", Optional.of(origin.id()));
    }

    /// Asks for a run that puts back what another one replaced and deleted, from the task's backup folder, or from the
    /// older versions that the target keeps. Files that the other one added stay.
    ///
    /// @throws RefusedException if it did nothing that could be undone
    public Run undo(long run, Caller caller) {
        expect(caller);
        Run there = get(run);
        var _ = tasks.get(there.task()
                .orElseThrow(() ->
                        new RefusedException("Want the run of a saved task but run %s is of none".formatted(run))));
        if (there.kind() != RunKind.REAL || !there.state().isFinal()) {
            throw new RefusedException("Want a run that did something and has ended but run %s is %s, %s"
                    .formatted(run, there.kind(), there.state()));
        }
        return database.write(session -> {
            var rows = new RunRows(session);
            long id = rows.insert(further(there, RunCause.UNDO, caller), clock.instant());
            AuditLog.add(session, caller, clock.instant(), "run.undo", "run " + run, "run " + id);
            return rows.find(id).orElseThrow();
        });
    }

    /// The run of this number, if there is one.
    public Optional<Run> find(long id) {
        return database.read(session -> new RunRows(session).find(id)).flatMap(found -> found);
    }

    /// The run of this number.
    ///
    /// @throws NotFoundException if there is none
    public Run get(long id) {
        return find(id).orElseThrow(() -> new NotFoundException("Run %s does not exist".formatted(id)));
    }

    /// The runs that a query means, the newest first.
    public List<Run> list(RunQuery query) {
        return database.read(session -> new RunRows(session).matching(query)).orElse(List.of());
    }

    /// The same behind some of them: a page of a list.
    public List<Run> list(RunQuery query, long skip) {
        return database.read(session -> new RunRows(session).matching(query, skip))
                .orElse(List.of());
    }

    /// How many runs a query means.
    public long count(RunQuery query) {
        return database.read(session -> new RunRows(session).count(query)).orElse(0L);
    }

    /// What is shown as the state of each task: the run that goes on, else the newest one.
    public Map<Long, Run> newest(Collection<Long> ofTasks) {
        Set<Long> wanted = Set.copyOf(ofTasks);
        Map<Long, Run> newest = new HashMap<>();
        List<Run> found = database.read(session -> {
                    var rows = new RunRows(session);
                    if (wanted.size() > FEW) {
                        return rows.where("where id in (select (select max(id) from run r where r.task_id = t.id)"
                                + " from task t) or state = 'RUNNING' order by id");
                    }
                    List<Run> some = new ArrayList<>();
                    for (long task : wanted) {
                        some.addAll(rows.where("where task_id = ? order by id desc limit 1", task));
                        some.addAll(rows.where("where task_id = ? and state = 'RUNNING'", task));
                    }
                    return some;
                })
                .orElse(List.of());
        for (Run run : found) {
            run.task()
                    .filter(wanted::contains)
                    .ifPresent(task -> newest.merge(
                            task,
                            run,
                            (old, next) -> old.state() == RunState.RUNNING
                                            || (next.state() != RunState.RUNNING && old.id() > next.id())
                                    ? old
                                    : next));
        }
        return newest;
    }

    /// The number and the state of a run.
    public record Newest(long run, RunState state) {}

    /// As [#newest] for all tasks, without the runs themselves: there may be thousands.
    public Map<Long, Newest> newestStates() {
        Map<Long, Newest> newest = new HashMap<>();
        return database.read(session -> {
                    session.list(
                            "select t.id, r.id, r.state from task t join run r"
                                    + " on r.id = (select max(x.id) from run x where x.task_id = t.id)",
                            row -> newest.put(
                                    row.getLong(1), new Newest(row.getLong(2), RunState.valueOf(row.getString(3)))));
                    session.list(
                            "select task_id, id from run where state = 'RUNNING' and task_id is not null order by id desc",
                            row -> newest.put(row.getLong(1), new Newest(row.getLong(2), RunState.RUNNING)));
                    return newest;
                })
                .orElse(Map.of());
    }

    /// A piece of a run's log.
    ///
    /// @param next where to go on
    /// @param size of the log now
    public record LogPiece(String text, long next, long size) {}

    /// The log from a byte on; whole lines, as far as there are any. Empty where it is kept no longer.
    public LogPiece log(long run, long from, int most) {
        Path file = folder.log(run);
        if (!Files.exists(file)) {
            return new LogPiece("", from, 0);
        }
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            long size = in.size();
            var bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, size - from)));
            in.position(Math.min(from, size));
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // Until all of it is there.
            }
            int end = bytes.position();
            int line = end;
            while (line > 0 && bytes.get(line - 1) != '\n') {
                line--;
            }
            int taken = line == 0 ? end : line;
            return new LogPiece(
                    new String(bytes.array(), 0, taken, StandardCharsets.UTF_8), Math.min(from, size) + taken, size);
        } catch (IOException failure) {
            throw new UncheckedIOException("The log '%s' cannot be read".formatted(file), failure);
        }
    }

    /// The file with a run's log, to be downloaded; empty where it is kept no longer.
    public Optional<Path> logFile(long run) {
        return Optional.of(folder.log(run)).filter(Files::exists);
    }

    /// What became of the files of a run.
    public List<FileEvents.Event> events(long run, FileEvents.Query query) {
        return FileEvents.read(folder.events(run), query);
    }

    /// The file with a run's plan; empty where there is none.
    public Optional<Path> planFile(long run) {
        return Optional.of(folder.plan(run)).filter(Files::exists);
    }

    /// A page of a run's plan with what all of it comes to; empty where there is no plan.
    public Optional<PlanPages.Page> planPage(long run, PlanPages.Query query) {
        return plans.page(run, query);
    }

    /// A level of a run's plan; empty where there is none.
    ///
    /// @throws RefusedException if it is not whole any more
    public Optional<PlanTree> planTree(long run, PlanTree.Query query) {
        return planFile(run).map(file -> PlanTree.read(file, query));
    }

    /// Some steps of a run's plan, in their order.
    public List<Step> plan(long run, long from, int most) {
        Optional<Path> file = planFile(run);
        if (file.isEmpty()) {
            return List.of();
        }
        try (var reader = new PlanFile.Reader(file.orElseThrow())) {
            List<Step> steps = new ArrayList<>();
            for (long number = 0; reader.hasNext() && steps.size() < most; number++) {
                Step step = reader.next();
                if (number >= from) {
                    steps.add(step);
                }
            }
            return steps;
        } catch (IOException failure) {
            throw new UncheckedIOException("The plan of run %s cannot be read".formatted(run), failure);
        }
    }

    /// What is added up.
    public enum Grouping {
        /// All tasks together, by day.
        DAY("0"),
        /// Each task by itself, by day.
        TASK_AND_DAY("coalesce(task_id, 0)");

        private final String key;

        Grouping(String key) {
            this.key = key;
        }
    }

    /// What the runs of each task came to on each day.
    ///
    /// @param task empty: all
    public List<DayTotal> totals(LocalDate from, LocalDate to, ZoneId zone, Optional<Long> task) {
        return totals(from, to, zone, task, Grouping.TASK_AND_DAY);
    }

    /// What runs came to on each day.
    ///
    /// @param task empty: all
    public List<DayTotal> totals(LocalDate from, LocalDate to, ZoneId zone, Optional<Long> task, Grouping grouping) {
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        List<Object> values = new ArrayList<>(List.of(begin.toEpochMilli(), end.toEpochMilli()));
        task.ifPresent(values::add);
        // All zones are a whole number of quarters of an hour from each other, so that a quarter is on one day.
        String query = "select %s, queued / %s, state, count(*), sum(files), sum(bytes), sum(deleted) from run"
                        .formatted(grouping.key, QUARTER_MILLIS)
                + " where queued >= ? and queued < ? and kind = 'REAL' and finished is not null"
                + (task.isPresent() ? " and task_id = ?" : "")
                + " group by 1, 2, 3";
        List<DayTotal> found = database.read(session -> session.list(
                        query,
                        row -> {
                            Instant quarter = Instant.ofEpochMilli(row.getLong(2) * QUARTER_MILLIS);
                            boolean good = RunState.valueOf(row.getString(3)).isGood();
                            long count = row.getLong(4);
                            return new DayTotal(
                                    LocalDate.ofInstant(quarter, zone),
                                    Optional.of(row.getLong(1)).filter(number -> number > 0),
                                    count,
                                    good ? count : 0,
                                    good ? 0 : count,
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7));
                        },
                        values.toArray()))
                .orElse(List.of());
        Map<List<Object>, DayTotal> totals = new HashMap<>();
        found.forEach(one -> totals.merge(List.of(one.day(), one.task()), one, Runs::sum));
        return totals.values().stream()
                .sorted((a, b) -> a.day().equals(b.day())
                        ? Long.compare(a.task().orElse(0L), b.task().orElse(0L))
                        : a.day().compareTo(b.day()))
                .toList();
    }

    private static DayTotal sum(DayTotal a, DayTotal b) {
        return new DayTotal(
                a.day(),
                a.task(),
                a.runs() + b.runs(),
                a.good() + b.good(),
                a.bad() + b.bad(),
                a.files() + b.files(),
                a.bytes() + b.bytes(),
                a.deleted() + b.deleted());
    }

    /// What the real runs that were queued on one day came to.
    ///
    /// @param bytes that went over
    public record Day(LocalDate day, Map<RunState, Long> runs, long bytes) {
        /// Makes the map unchangeable.
        public Day {
            runs = Map.copyOf(runs);
        }

        /// How many there were.
        public long count() {
            return runs.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// The days from one to another, both among them, each with its runs, in order.
    public List<Day> days(LocalDate from, LocalDate to, ZoneId zone) {
        return database.read(session -> {
                    List<Day> days = new ArrayList<>();
                    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                        Map<RunState, Long> runs = new HashMap<>();
                        List<Long> bytes = session.list(
                                "select state, count(*), sum(bytes) from run where queued >= ? and queued < ?"
                                        + " and kind = 'REAL' group by state",
                                row -> {
                                    runs.put(RunState.valueOf(row.getString(1)), row.getLong(2));
                                    return row.getLong(3);
                                },
                                day.atStartOfDay(zone).toInstant().toEpochMilli(),
                                day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
                        days.add(new Day(
                                day,
                                runs,
                                bytes.stream().mapToLong(Long::longValue).sum()));
                    }
                    return days;
                })
                .orElse(List.of());
    }

    /// Bytes that went over between two moments, at an even pace as far as is known.
    public record Stretch(Instant from, Instant to, long bytes) {}

    /// What the runs transferred that ended at this time or later.
    public List<Stretch> transferred(Instant since) {
        return database.read(session -> session.list(
                        "select started, finished, bytes from run where finished >= ? and bytes > 0"
                                + " and kind = 'REAL' and started is not null",
                        row -> new Stretch(
                                Instant.ofEpochMilli(row.getLong(1)),
                                Instant.ofEpochMilli(row.getLong(2)),
                                row.getLong(3)),
                        since.toEpochMilli()))
                .orElse(List.of());
    }

    /// The last things that became of files of a run, the latest first; a few hundred at most.
    public List<FileEvents.Event> lastEvents(long run, int most) {
        return FileEvents.last(folder.events(run), most);
    }

    RunFolder folder() {
        return folder;
    }
}
