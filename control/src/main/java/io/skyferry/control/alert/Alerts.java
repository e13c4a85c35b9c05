package io.skyferry.control.alert;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Raises and clears alerts. What is to be delivered is written in the same transaction, so that nothing is told
/// twice and nothing is lost with a process.
public final class Alerts {
    private static final String COLUMNS =
            "select id, rule, object, words, raised, latest, times, dismissed from alert ";

    private final AppDatabase database;
    private final InstantSource clock;

    /// Alerts in this database.
    public Alerts(AppDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// All that are raised, the newest first.
    public List<Alert> list() {
        return database.read(session -> session.list(COLUMNS + "order by raised desc, id desc", Alerts::row))
                .orElse(List.of());
    }

    /// Something is wrong. Where that was known already it is counted, and nobody is told again.
    public void raise(AlertRule rule, String object, String words) {
        database.write(session -> {
            long now = clock.millis();
            boolean known = session.change(
                            "update alert set words = ?, latest = ?, times = times + 1 where rule = ? and object = ?",
                            words,
                            now,
                            rule.name(),
                            object)
                    > 0;
            if (!known) {
                session.change(
                        "insert into alert(id, rule, object, words, raised, latest, times) values (?, ?, ?, ?, ?, ?, 1)",
                        session.nextNumber("alert"),
                        rule.name(),
                        object,
                        words,
                        now,
                        now);
                deliver(session, new Notice(rule, object, words, Notice.State.RAISED, Instant.ofEpochMilli(now)));
            }
            return known;
        });
    }

    /// The trouble is over.
    public void clear(AlertRule rule, String object) {
        // Most things are well most of the time: that costs no write.
        if (database.read(session -> find(session, rule, object).isEmpty()).orElse(true)) {
            return;
        }
        database.write(session -> {
            Optional<Alert> alert = find(session, rule, object);
            if (alert.isPresent()) {
                session.change(
                        "delete from alert where id = ?", alert.orElseThrow().id());
                deliver(
                        session,
                        new Notice(
                                rule,
                                object,
                                alert.orElseThrow().words(),
                                Notice.State.CLEARED,
                                Instant.ofEpochMilli(clock.millis())));
            }
            return true;
        });
    }

    /// What the alerts were about is no more: they go, and nobody is told.
    public void forget(String object) {
        database.write(session -> {
            var _ = Changes.told(session, Changes.Thing.ALERT);
            return session.change("delete from alert where object = ?", object);
        });
    }

    private static Optional<Alert> find(Session session, AlertRule rule, String object) throws SQLException {
        return session.first(COLUMNS + "where rule = ? and object = ?", Alerts::row, rule.name(), object);
    }

    private static void deliver(Session session, Notice notice) throws SQLException {
        var _ = Changes.told(session, Changes.Thing.ALERT);
        for (long channel : session.list("select id from alert_channel order by id", row -> row.getLong(1))) {
            deliver(session, channel, notice);
        }
    }

    private static void deliver(Session session, long channel, Notice notice) throws SQLException {
        session.change(
                "insert into alert_delivery(id, channel_id, notice, attempt, due, problem) values (?, ?, ?, 0, ?, '')",
                session.nextNumber("alert_delivery"),
                channel,
                notice.json().toString(),
                notice.at().toEpochMilli());
    }

    /// Sends a notice by each channel to see whether it arrives.
    ///
    /// @return by how many
    public int test(Caller caller) {
        if (caller.role() != Role.ADMIN) {
            throw new RefusedException("Want an admin to test where alerts go");
        }
        return database.write(session -> {
            var at = Instant.ofEpochMilli(clock.millis());
            deliver(session, new Notice(AlertRule.TEST, "test", "this is a test", Notice.State.RAISED, at));
            return session.list("select id from alert_channel", row -> row.getLong(1))
                    .size();
        });
    }

    /// Somebody knows: the alert stays until its trouble is over, but is not shown as new.
    ///
    /// @throws NotFoundException if there is no such alert
    /// @throws RefusedException if the caller may only look
    public void dismiss(long id, Caller caller) {
        if (!caller.role().includes(Role.OPERATOR)) {
            throw new RefusedException("Want an operator to dismiss an alert");
        }
        database.write(session -> {
            if (session.change("update alert set dismissed = ? where id = ?", clock.millis(), id) == 0) {
                throw new NotFoundException("Want the number of an alert but have '%s'".formatted(id));
            }
            AuditLog.add(session, caller, clock.instant(), "alert.dismiss", "alert " + id, "");
            return true;
        });
    }

    private static Alert row(ResultSet row) throws SQLException {
        long dismissed = row.getLong(8);
        Optional<Instant> known = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(dismissed));
        return new Alert(
                row.getLong(1),
                AlertRule.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getLong(7),
                known);
    }
}
