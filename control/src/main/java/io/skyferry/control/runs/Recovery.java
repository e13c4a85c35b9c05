package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Mends what processes left that died in the middle of runs.
final class Recovery implements RunJob.Remnants {
    /// A run that ends its process each time is not begun for ever.
    private static final int MOST_IN_A_ROW = 3;

    private final AppDatabase database;
    private final Tasks tasks;
    private final Snapshots snapshots;
    private final InstantSource clock;

    Recovery(AppDatabase database, Tasks tasks, Snapshots snapshots, InstantSource clock) {
        this.database = database;
        this.tasks = tasks;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /// Marks the runs of dead processes as interrupted, takes them up again where their task wants that, and
    /// removes the snapshots that they left on this machine.
    ///
    /// @param going the runs that go on here
    /// @return the runs that were interrupted and that nothing goes on with
    List<Run> mend(Node here, Set<Long> going) {
        Instant now = clock.instant();
        Set<String> living = new HashSet<>();
        List<Node.Known> known = database.read(Node::all).orElse(List.of());
        known.stream()
                .filter(one -> Node.isAlive(one, now))
                .forEach(one -> living.add(one.node().id()));
        living.add(here.id());
        List<Lost> lost = database
                .read(session -> session.list(
                        "select id, node from run where state = 'RUNNING'",
                        row -> new Lost(row.getLong(1), row.getString(2))))
                .orElse(List.of())
                .stream()
                .filter(one -> one.node() == null
                        || !living.contains(one.node())
                        || (here.id().equals(one.node()) && !going.contains(one.run())))
                .toList();
        List<Run> over = new ArrayList<>();
        for (Lost one : lost) {
            interrupt(one.run()).ifPresent(over::add);
        }
        removeRemnants(here);
        if (known.size() > living.size()) {
            forget(known, living);
        }
        return over;
    }

    private record Lost(long run, @Nullable String node) {}

    private Optional<Run> interrupt(long id) {
        return database.write(session -> {
            var rows = new RunRows(session);
            int changed = session.change(
                    "update run set state = 'INTERRUPTED', finished = ?, message = ?, changed = ?"
                            + " where id = ? and state = 'RUNNING'",
                    clock.millis(),
                    "The process ended before the run did",
                    rows.changing(),
                    id);
            Optional<Run> run = changed == 1 ? rows.find(id) : Optional.empty();
            return run.isPresent() && resume(session, run.orElseThrow()) ? Optional.<Run>empty() : run;
        });
    }

    /// A task whose runs end with the process again and again may be what ends it.
    private boolean resume(Session session, Run run) throws SQLException {
        long id = run.task().orElse(0L);
        List<Run> before = new RunRows(session)
                .where("where task_id = ? and kind = 'REAL' order by id desc limit ?", id, (long) MOST_IN_A_ROW);
        boolean hopeless =
                before.size() == MOST_IN_A_ROW && before.stream().allMatch(one -> one.state() == RunState.INTERRUPTED);
        return !hopeless && goOn(session, run);
    }

    /// Asks for a run that goes on where this one was interrupted, where its task wants that.
    ///
    /// @return whether one will
    boolean goOn(Session session, Run run) throws SQLException {
        Optional<Task> task = run.task().flatMap(tasks::find);
        boolean again = task.isPresent()
                && task.orElseThrow().fields().safety().resume()
                && run.kind() == RunKind.REAL
                && run.cause() != RunCause.UNDO
                && run.cause() != RunCause.APPROVAL;
        if (!again) {
            return false;
        }
        var rows = new RunRows(session);
        if (rows.waiting(task.orElseThrow().id(), RunKind.REAL).isEmpty()) {
            rows.insert(
                    new RunRows.Wanted(
                            run.task(),
                            run.description(),
                            RunKind.REAL,
                            RunCause.RESUME,
                            "service",
                            "",
                            Optional.of(run.id())),
                    clock.instant());
        }
        return true;
    }

    private record Remnant(long run, String kind, String name) {}

    /// Those of runs that have ended, of processes of this machine: the others are out of reach.
    private void removeRemnants(Node here) {
        List<Remnant> left = database.read(session -> session.list(
                        "select m.run_id, m.kind, m.name from run_remnant m join run r on r.id = m.run_id"
                                + " where r.state not in ('RUNNING', 'WAITING') and r.node like ?",
                        row -> new Remnant(row.getLong(1), row.getString(2), row.getString(3)),
                        here.host() + "-%"))
                .orElse(List.of());
        for (Remnant one : left) {
            try {
                snapshots.remove(one.kind(), one.name());
                gone(one.run(), one.kind(), one.name());
            } catch (IOException failure) {
                System.getLogger(Recovery.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "A snapshot stays until the next look for leftovers: " + one.name(),
                                failure);
            }
        }
    }

    private void forget(List<Node.Known> known, Set<String> living) {
        database.write(session -> {
            for (Node.Known one : known) {
                if (!living.contains(one.node().id())) {
                    one.node().leave(session);
                }
            }
            return true;
        });
    }

    @Override
    public void making(long run, String kind, String name) {
        database.write(session -> session.change(
                "insert into run_remnant(run_id, kind, name, made) values (?, ?, ?, ?)",
                run,
                kind,
                name,
                clock.millis()));
    }

    @Override
    public void gone(long run, String kind, String name) {
        database.write(session ->
                session.change("delete from run_remnant where run_id = ? and kind = ? and name = ?", run, kind, name));
    }
}
