package io.skyferry.control.runs;

import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.Direction;
import io.skyferry.control.task.TaskWork;
import io.skyferry.control.task.TaskWork.Guarding;
import io.skyferry.engine.options.Mode;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.StorageSpec;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The order in which waiting runs begin.
///
/// First come, first served: a run waits for those that go on, and for those before it in the queue, where they
/// need the same place. All that a run needs is taken at once, so no two wait for each other.
final class RunQueue {
    private final AppDatabase database;
    private final Runs runs;
    private final Engine engine;
    private final InstantSource clock;

    RunQueue(AppDatabase database, Runs runs, Engine engine, InstantSource clock) {
        this.database = database;
        this.runs = runs;
        this.engine = engine;
        this.clock = clock;
    }

    private record Queued(long id, Optional<Long> task, String state, String message, Optional<PathClaims> claims) {}

    private static List<Queued> open(Session session) throws SQLException {
        return session.list(
                "select id, task_id, state, local_root, local_writes, remote_root, remote_writes, message from run"
                        + " where state in ('RUNNING', 'WAITING') order by id",
                row -> {
                    long task = row.getLong(2);
                    Optional<Long> ofTask = row.wasNull() ? Optional.empty() : Optional.of(task);
                    String local = row.getString(4);
                    Optional<PathClaims> claims = local == null
                            ? Optional.empty()
                            : Optional.of(
                                    new PathClaims(local, row.getLong(5) == 1, row.getString(6), row.getLong(7) == 1));
                    return new Queued(row.getLong(1), ofTask, row.getString(3), row.getString(8), claims);
                });
    }

    /// Whether anything waits; a small look.
    boolean isWaiting() {
        return database.read(session -> session.first("select 1 from run where state = 'WAITING' limit 1", _ -> true)
                        .isPresent())
                .orElse(false);
    }

    /// Finds out which places waiting runs need, where that is not known yet.
    void lookUpClaims() {
        List<Long> unknown = database.read(session -> session.list(
                        "select id from run where state = 'WAITING' and local_root is null order by id",
                        row -> row.getLong(1)))
                .orElse(List.of());
        for (long id : unknown) {
            Optional<Run> run = runs.find(id);
            if (run.isPresent()) {
                PathClaims claims = claims(run.orElseThrow());
                database.write(session -> session.change(
                        "update run set local_root = ?, local_writes = ?, remote_root = ?, remote_writes = ?"
                                + " where id = ? and state = 'WAITING'",
                        claims.local(),
                        claims.writesLocal() ? 1L : 0L,
                        claims.remote(),
                        claims.writesRemote() ? 1L : 0L,
                        id));
            }
        }
    }

    private PathClaims claims(Run run) {
        try {
            TaskWork work = runs.work(run);
            boolean real = run.kind() == RunKind.REAL;
            boolean move = work.fields().transferMode() == Mode.MOVE;
            boolean push = work.fields().direction() == Direction.PUSH;
            var task = work.task(
                    work.fields().path(),
                    Optional.empty(),
                    Guarding.ON,
                    clock.instant().atZone(ZoneOffset.UTC));
            StorageOpener storages = engine.storages(work.wishes());
            return new PathClaims(
                    place(storages, push ? task.source() : task.target()),
                    real && (!push || move),
                    place(storages, work.remote()),
                    real && (push || move));
        } catch (RuntimeException wrong) {
            // What is wrong with the task is told when it begins; until then it is in nobody's way.
            String own = "run\n\n" + run.id();
            return new PathClaims(own, false, own, false);
        }
    }

    /// What names a place whatever credential leads to it, and whatever encrypts it.
    private static String place(StorageOpener storages, StorageSpec spec) {
        try (Storage storage = storages.open(spec.under(List.of()))) {
            StorageIdentity identity = storage.identity();
            return String.join("\n", identity.provider(), identity.account(), identity.root());
        }
    }

    /// Takes the next run that may begin.
    ///
    /// @param only of these; empty: any
    Optional<Run> take(Optional<Long> only, Node node) {
        return database.write(session -> {
            var rows = new RunRows(session);
            List<Queued> before = new ArrayList<>();
            Set<Long> busy = new HashSet<>();
            for (Queued one : open(session)) {
                if (one.state().equals("RUNNING")) {
                    before.add(one);
                    one.task().ifPresent(busy::add);
                }
            }
            for (Queued one : open(session)) {
                if (one.state().equals("RUNNING") || one.claims().isEmpty()) {
                    continue;
                }
                Optional<Queued> inTheWay = before.stream()
                        .filter(other -> other.claims()
                                .map(one.claims().orElseThrow()::conflictsWith)
                                .orElse(false))
                        .findFirst();
                boolean itsTask =
                        one.task().isPresent() && busy.contains(one.task().orElseThrow());
                if (inTheWay.isEmpty()
                        && !itsTask
                        && only.map(id -> id == one.id()).orElse(true)) {
                    session.change(
                            "update run set state = 'RUNNING', node = ?, started = ?, message = '', changed = ?"
                                    + " where id = ?",
                            node.id(),
                            clock.millis(),
                            rows.changing(),
                            one.id());
                    return rows.find(one.id());
                }
                String why = itsTask
                        ? "Waits for the run of this task that goes on"
                        : inTheWay.map(other -> "Waits for run %s, which works on the same place".formatted(other.id()))
                                .orElse("Waits for its turn");
                if (!one.message().equals(why)) {
                    session.change(
                            "update run set message = ?, changed = ? where id = ?", why, rows.changing(), one.id());
                }
                before.add(one);
                one.task().ifPresent(busy::add);
            }
            return Optional.empty();
        });
    }
}
