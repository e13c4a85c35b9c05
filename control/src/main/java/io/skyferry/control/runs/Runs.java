package io.skyferry.control.runs;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be done with runs: ask for them, stop them, look at them.
///
/// Nothing here does a run: a [Service] of any process on the same database does. So all of it works whether the
/// service is in this process, in another one, or not there at all.
public final class Runs {
    private static final String TABLE = "run_secret";
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
        return tasks.askingNobody().check(all, Caller.SERVICE);
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
    /// @throws NotFoundException if there is none
    public boolean abort(long run, Caller caller) {
        expect(caller);
        var _ = get(run);
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
                    return wanted.size() > FEW ? rows.newest() : rows.newest(wanted);
                })
                .orElse(List.of());
        found.forEach(run -> run.task().filter(wanted::contains).ifPresent(task -> newest.put(task, run)));
        return newest;
    }

    /// As [#newest] for all tasks, without the runs themselves: there may be thousands.
    public Map<Long, Newest> newestStates() {
        Map<Long, Newest> newest = new HashMap<>();
        database.read(session -> new RunRows(session).newestStates())
                .orElse(List.of())
                .forEach(one -> newest.put(one.task(), one));
        return newest;
    }

    /// The number and the state of a run of a task.
    public record Newest(long task, long run, RunState state) {}

    /// What runs came to by day.
    public RunStatistics statistics() {
        return new RunStatistics(database);
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

    /// The last things that became of files of a run, the latest first; a few hundred at most.
    public List<FileEvents.Event> lastEvents(long run, int most) {
        return FileEvents.last(folder.events(run), most);
    }

    RunFolder folder() {
        return folder;
    }
}
