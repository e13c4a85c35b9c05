package io.skyferry.control.runs;

import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of runs, in one transaction.
final class RunRows {
    private static final String COLUMNS =
            "select id, task_id, description, kind, cause, caller, state, queued, started,"
                    + " finished, message, excerpt, progress, origin, answered, files, bytes, copied, renamed, deleted,"
                    + " unchanged, skipped, failed, warnings from run ";

    /// Of each task the newest, and behind those whatever goes on.
    private static final String NEWEST =
            "where id in (select (select max(id) from run r where r.task_id = t.id) from task t)"
                    + " or state = 'RUNNING' order by case when state = 'RUNNING' then 1 else 0 end, id";

    private final Session session;

    RunRows(Session session) {
        this.session = session;
    }

    /// A run that is to be.
    ///
    /// @param fields of a task that is not saved, as JSON
    record Wanted(
            Optional<Long> task,
            String description,
            RunKind kind,
            RunCause cause,
            String caller,
            String fields,
            Optional<Long> origin) {}

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong(1),
                number(row, 2),
                row.getString(3),
                RunKind.valueOf(row.getString(4)),
                RunCause.valueOf(row.getString(5)),
                row.getString(6),
                RunState.valueOf(row.getString(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                number(row, 9).map(Instant::ofEpochMilli),
                number(row, 10).map(Instant::ofEpochMilli),
                row.getString(11),
                row.getString(12),
                RunProgress.parse(row.getString(13)),
                new RunTotals(
                        row.getLong(16),
                        row.getLong(17),
                        row.getLong(18),
                        row.getLong(19),
                        row.getLong(20),
                        row.getLong(21),
                        row.getLong(22),
                        row.getLong(23),
                        row.getLong(24)),
                number(row, 14),
                number(row, 15).map(Instant::ofEpochMilli));
    }

    private static Optional<Long> number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<Run> find(long id) throws SQLException {
        return session.first(COLUMNS + "where id = ?", RunRows::run, id);
    }

    List<Run> where(String condition, @Nullable Object... values) throws SQLException {
        return session.list(COLUMNS + condition, RunRows::run, values);
    }

    /// What is shown of all tasks: of several runs of a task the last one.
    List<Run> newest() throws SQLException {
        return where(NEWEST);
    }

    /// As [#newest()] for a few tasks.
    List<Run> newest(Set<Long> tasks) throws SQLException {
        List<Run> some = new ArrayList<>();
        for (long task : tasks) {
            some.addAll(where("where task_id = ? order by id desc limit 1", task));
            some.addAll(where("where task_id = ? and state = 'RUNNING'", task));
        }
        return some;
    }

    /// As [#newest()], told by little.
    List<Runs.Newest> newestStates() throws SQLException {
        return session.list(
                "select coalesce(task_id, 0), id, state from run " + NEWEST,
                row -> new Runs.Newest(row.getLong(1), row.getLong(2), RunState.valueOf(row.getString(3))));
    }

    /// The number of a change of runs that is made now.
    long changing() throws SQLException {
        return Changes.told(session, Changes.Thing.RUN);
    }

    /// Runs that changed after this number, in the order of their changes.
    List<Run> changedSince(long number, int most) throws SQLException {
        return where("where changed > ? order by changed, id limit ?", number, (long) most);
    }

    long insert(Wanted wanted, Instant now) throws SQLException {
        long id = session.nextNumber("run");
        session.change(
                "insert into run(id, task_id, description, kind, cause, caller, state, queued, local_writes,"
                        + " remote_writes, message, excerpt, progress, fields, origin, files, bytes, copied, renamed,"
                        + " deleted, unchanged, skipped, failed, warnings, changed) values (?, ?, ?, ?, ?, ?, 'WAITING', ?,"
                        + " 0, 0, '', '', '', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?)",
                id,
                wanted.task().orElse(null),
                wanted.description(),
                wanted.kind().name(),
                wanted.cause().name(),
                wanted.caller(),
                now.toEpochMilli(),
                wanted.fields(),
                wanted.origin().orElse(null),
                changing());
        return id;
    }

    /// The run of this kind that already waits for the task, if there is one: a further one would do the same.
    Optional<Run> waiting(long task, RunKind kind) throws SQLException {
        return session.first(
                COLUMNS + "where task_id = ? and state = 'WAITING' and kind = ?"
                        + " and cause not in ('APPROVAL', 'UNDO') order by id",
                RunRows::run,
                task,
                kind.name());
    }

    List<Run> matching(RunQuery query) throws SQLException {
        return matching(query, 0);
    }

    /// Those behind some of them are counted by their numbers alone, which an index tells.
    List<Run> matching(RunQuery query, long skip) throws SQLException {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        values.add((long) query.most());
        values.add(skip);
        return session.list(
                COLUMNS + "where id in (select id from run " + condition + " order by id desc limit ? offset ?)"
                        + " order by id desc",
                RunRows::run,
                values.toArray());
    }

    long count(RunQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        String condition = condition(query, values);
        return session.first("select count(*) from run " + condition, row -> row.getLong(1), values.toArray())
                .orElse(0L);
    }

    private static String condition(RunQuery query, List<Object> values) {
        List<String> all = new ArrayList<>();
        query.task().ifPresent(task -> {
            all.add("task_id = ?");
            values.add(task);
        });
        query.from().ifPresent(from -> {
            all.add("queued >= ?");
            values.add(from.toEpochMilli());
        });
        query.to().ifPresent(to -> {
            all.add("queued < ?");
            values.add(to.toEpochMilli());
        });
        query.before().ifPresent(before -> {
            all.add("id < ?");
            values.add(before);
        });
        if (!query.states().isEmpty()) {
            List<String> marks = new ArrayList<>();
            query.states().forEach(state -> {
                marks.add("?");
                values.add(state.name());
            });
            all.add("state in (" + String.join(", ", marks) + ")");
        }
        return all.isEmpty() ? "" : "where " + String.join(" and ", all);
    }

    /// How far a run is that goes on; of one that has ended meanwhile more is known.
    void progress(long id, RunProgress progress) throws SQLException {
        session.change(
                "update run set progress = ?, changed = ? where id = ? and state = 'RUNNING'",
                progress.json().toString(),
                changing(),
                id);
    }

    void finish(long id, RunState state, RunOutcome outcome, Instant now) throws SQLException {
        RunTotals totals = outcome.totals();
        session.change(
                "update run set state = ?, finished = ?, message = ?, excerpt = ?, progress = ?, files = ?, bytes = ?,"
                        + " copied = ?, renamed = ?, deleted = ?, unchanged = ?, skipped = ?, failed = ?, warnings = ?,"
                        + " changed = ? where id = ?",
                state.name(),
                now.toEpochMilli(),
                outcome.message(),
                outcome.excerpt(),
                outcome.progress().json().toString(),
                totals.files(),
                totals.bytes(),
                totals.copied(),
                totals.renamed(),
                totals.deleted(),
                totals.unchanged(),
                totals.skipped(),
                totals.failed(),
                totals.warnings(),
                changing(),
                id);
        session.change("delete from run_secret where run_id = ?", id);
    }
}
