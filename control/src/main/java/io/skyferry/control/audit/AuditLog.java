package io.skyferry.control.audit;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of the audit log: added in the transaction of the change they tell of, and never changed.
///
/// Each row holds a hash over itself and the hash of the row before it, so that a row that was changed or removed
/// afterwards is found.
public final class AuditLog {
    private static final String COLUMNS = "select id, at, who, origin, action, object, details, chain from audit ";

    private final AppDatabase database;

    /// The log in this database.
    public AuditLog(AppDatabase database) {
        this.database = database;
    }

    /// One change.
    ///
    /// @param action as `task.update`
    /// @param object what was changed, as `task 7`
    /// @param details never a secret
    public record Entry(long id, Instant at, String who, String origin, String action, String object, String details) {}

    private record Row(Entry entry, String chain) {
        String expectedAfter(String before) {
            String text = String.join(
                    "\u0000",
                    before,
                    Long.toString(entry.id()),
                    Long.toString(entry.at().toEpochMilli()),
                    entry.who(),
                    entry.origin(),
                    entry.action(),
                    entry.object(),
                    entry.details());
            return Hasher.hex(HashType.SHA256, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Adds a row, and tells those who look after that kind of thing.
    ///
    /// @param details never a secret
    public static void add(Session session, Caller caller, Instant now, String action, String object, String details)
            throws SQLException {
        String before = session.first("select chain from audit order by id desc limit 1", row -> row.getString(1))
                .orElse("");
        Changes.told(session, action.replaceAll("\\..*", ""));
        long id = session.nextNumber("audit");
        var entry = new Entry(
                id, Instant.ofEpochMilli(now.toEpochMilli()), caller.name(), caller.origin(), action, object, details);
        session.change(
                "insert into audit(id, at, who, origin, action, object, details, chain) values (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                now.toEpochMilli(),
                caller.name(),
                caller.origin(),
                action,
                object,
                details,
                new Row(entry, "").expectedAfter(before));
    }

    /// The newest rows first.
    ///
    /// @param before only rows with a smaller number; [Long#MAX_VALUE] for the newest
    public List<Entry> newest(long before, int most) {
        return database.read(
                        session -> session
                                .list(COLUMNS + "where id < ? order by id desc limit ?", AuditLog::row, before, (long)
                                        most)
                                .stream()
                                .map(Row::entry)
                                .toList())
                .orElse(List.of());
    }

    /// The first row that is not as it was written, or follows one that is missing; empty: all is well.
    public Optional<Long> firstChanged() {
        List<Row> rows = database.read(session -> session.list(COLUMNS + "order by id", AuditLog::row))
                .orElseGet(ArrayList::new);
        String before = "";
        for (Row row : rows) {
            if (!row.chain().equals(row.expectedAfter(before))) {
                return Optional.of(row.entry().id());
            }
            before = row.chain();
        }
        return Optional.empty();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Entry(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                row.getString(8));
    }
}
