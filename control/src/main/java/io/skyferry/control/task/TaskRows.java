package io.skyferry.control.task;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.store.Session;
import io.skyferry.control.vault.Spot;
import io.skyferry.control.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of tasks, in one transaction.
final class TaskRows {
    private static final String SECRETS = "task_secret";
    private static final String COLUMNS =
            "select id, fields, next_due, last_success, revision, created, changed from task ";

    private final Session session;
    private final Vault vault;
    private final ReadFields read;

    TaskRows(Session session, Vault vault, ReadFields read) {
        this.session = session;
        this.vault = vault;
        this.read = read;
    }

    List<Task> all() throws SQLException {
        Map<Long, Set<String>> secrets = new HashMap<>();
        session.list(
                "select task_id, name from task_secret",
                row -> secrets.computeIfAbsent(row.getLong(1), _ -> new HashSet<>())
                        .add(row.getString(2)));
        return session.list(COLUMNS + "order by id", row -> task(row, secrets.getOrDefault(row.getLong(1), Set.of())));
    }

    Optional<Task> find(long id) throws SQLException {
        List<String> secrets =
                session.list("select name from task_secret where task_id = ?", row -> row.getString(1), id);
        return session.first(COLUMNS + "where id = ?", row -> task(row, Set.copyOf(secrets)), id);
    }

    private Task task(ResultSet row, Set<String> secrets) throws SQLException {
        long due = row.getLong(3);
        Optional<Instant> next = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
        long success = row.getLong(4);
        Optional<Instant> last = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(success));
        return new Task(
                row.getLong(1),
                read.fields(row.getString(2)),
                secrets,
                next,
                last,
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)));
    }

    static String json(TaskFields fields) {
        JsonValue.Members members = TaskJson.write(fields, Set.of());
        for (String name : TaskJson.SECRETS) {
            members = members.without(name);
        }
        return members.toString();
    }

    long insert(TaskFields fields, Optional<Instant> due, Instant now) throws SQLException {
        long id = session.nextNumber("task");
        session.change(
                "insert into task(id, description, enabled, credential_id, fields, next_due, revision, created, changed)"
                        + " values (?, ?, ?, ?, ?, ?, 1, ?, ?)",
                id,
                fields.description(),
                fields.timing().enabled() ? 1L : 0L,
                fields.credential(),
                json(fields),
                millis(due),
                now.toEpochMilli(),
                now.toEpochMilli());
        return id;
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    void update(long id, TaskFields fields, Optional<Instant> due, Instant now) throws SQLException {
        session.change(
                "update task set description = ?, enabled = ?, credential_id = ?, fields = ?, next_due = ?,"
                        + " revision = revision + 1, changed = ? where id = ?",
                fields.description(),
                fields.timing().enabled() ? 1L : 0L,
                fields.credential(),
                json(fields),
                millis(due),
                now.toEpochMilli(),
                id);
    }

    void delete(long id) throws SQLException {
        session.change("delete from task where id = ?", id);
    }

    void putSecrets(long id, Map<String, String> secrets) throws SQLException {
        for (Map.Entry<String, String> one : secrets.entrySet()) {
            session.change("delete from task_secret where task_id = ? and name = ?", id, one.getKey());
            if (!one.getValue().isEmpty()) {
                session.change(
                        "insert into task_secret(task_id, name, sealed) values (?, ?, ?)",
                        id,
                        one.getKey(),
                        vault.seal(new Spot(SECRETS, id, one.getKey()), one.getValue(), Vault.standing(session)));
            }
        }
    }

    Map<String, String> secrets(long id) throws SQLException {
        Map<String, String> open = new HashMap<>();
        session.list(
                "select name, sealed from task_secret where task_id = ?",
                row -> open.put(row.getString(1), vault.open(new Spot(SECRETS, id, row.getString(1)), row.getBytes(2))),
                id);
        return open;
    }
}
