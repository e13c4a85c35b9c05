package io.skyferry.control.alert;

import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Changes;
import io.skyferry.control.store.Session;
import io.skyferry.control.vault.VaultException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Delivers what alerts have left to be delivered, again and again where it fails, for about a day.
public final class AlertDelivery {
    private static final System.Logger LOG = System.getLogger(AlertDelivery.class.getName());

    /// Longer than any sender takes: nobody else tries meanwhile.
    private static final Duration CLAIM = Duration.ofMinutes(5);

    private static final int AT_ONCE = 20;

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12));

    private final AppDatabase database;
    private final Channels channels;
    private final Map<Channel.Kind, AlertSender> senders;
    private final InstantSource clock;

    /// Delivery by these senders.
    public AlertDelivery(
            AppDatabase database, Channels channels, Map<Channel.Kind, AlertSender> senders, InstantSource clock) {
        this.database = database;
        this.channels = channels;
        this.senders = Map.copyOf(senders);
        this.clock = clock;
    }

    /// What is still to be delivered.
    ///
    /// @param problem why the last attempt failed, empty before the first
    public record Pending(long id, long channel, Notice notice, long attempt, String problem) {}

    /// All that is still to be delivered.
    public List<Pending> pending() {
        return database.read(session -> pending(session, Long.MAX_VALUE, Integer.MAX_VALUE))
                .orElse(List.of());
    }

    private static List<Pending> pending(Session session, long until, int most) throws SQLException {
        return session.list(
                "select id, channel_id, notice, attempt, problem from alert_delivery where due <= ? order by due, id limit ?",
                row -> new Pending(
                        row.getLong(1),
                        row.getLong(2),
                        Notice.parse(row.getString(3)),
                        row.getLong(4),
                        row.getString(5)),
                until,
                (long) most);
    }

    /// Delivers what is due now.
    ///
    /// @return how many were delivered
    public int deliverDue() {
        if (database.read(session -> pending(session, clock.millis(), 1).isEmpty())
                .orElse(true)) {
            return 0;
        }
        List<Pending> claimed = database.write(session -> {
            List<Pending> due = pending(session, clock.millis(), AT_ONCE);
            for (Pending one : due) {
                session.change(
                        "update alert_delivery set due = ? where id = ?", clock.millis() + CLAIM.toMillis(), one.id());
            }
            return due;
        });
        int delivered = 0;
        for (Pending one : claimed) {
            Optional<String> problem = deliver(one);
            if (problem.isEmpty()) {
                end(one);
                delivered++;
            } else {
                putOff(one, problem.orElseThrow());
            }
        }
        return delivered;
    }

    /// @return what went wrong
    private Optional<String> deliver(Pending one) {
        try {
            Optional<Channels.Opened> opened = channels.open(one.channel());
            AlertSender sender =
                    opened.map(channel -> senders.get(channel.channel().kind())).orElse(null);
            if (opened.isPresent() && sender != null) {
                sender.send(opened.orElseThrow().channel(), opened.orElseThrow().secret(), one.notice());
            }
            return Optional.empty();
        } catch (IOException | VaultException | IllegalArgumentException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    private void putOff(Pending one, String problem) {
        int attempt = (int) one.attempt();
        if (attempt >= WAITS.size()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The alert ''{0}'' could not be delivered and is given up: {1}",
                    one.notice().subject(),
                    problem);
            end(one);
            return;
        }
        LOG.log(System.Logger.Level.INFO, "An alert could not be delivered and is tried again: {0}", problem);
        database.write(session -> {
            session.change(
                    "update alert_delivery set attempt = ?, due = ?, problem = ? where id = ?",
                    attempt + 1L,
                    clock.millis() + WAITS.get(attempt).toMillis(),
                    problem,
                    one.id());
            return Changes.told(session, Changes.Thing.CHANNEL);
        });
    }

    private void end(Pending one) {
        database.write(session -> {
            session.change("delete from alert_delivery where id = ?", one.id());
            // Who looks at the channel sees its problem go.
            return one.problem().isEmpty() ? 0L : Changes.told(session, Changes.Thing.CHANNEL);
        });
    }
}
