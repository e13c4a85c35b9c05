package io.skyferry.control.alert;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.vault.Spot;
import io.skyferry.control.vault.Vault;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The ways that alerts take. Admins alone make them: a command runs as the service does.
public final class Channels {
    private static final Map<Channel.Kind, Set<String>> KNOWN = Map.of(
            Channel.Kind.MAIL, Set.of("host", "port", "security", "user", "from", "to"),
            Channel.Kind.WEBHOOK, Set.of("url"),
            Channel.Kind.COMMAND, Set.of("command"));
    private static final Map<Channel.Kind, Set<String>> NEEDED = Map.of(
            Channel.Kind.MAIL, Set.of("host", "from", "to"),
            Channel.Kind.WEBHOOK, Set.of("url"),
            Channel.Kind.COMMAND, Set.of("command"));
    private static final String COLUMNS = "select id, name, kind, settings, sealed, created,"
            + " (select d.problem from alert_delivery d where d.channel_id = alert_channel.id and d.problem <> ''"
            + " order by d.id desc limit 1) from alert_channel ";

    private final AppDatabase database;
    private final Vault vault;
    private final InstantSource clock;

    /// Channels in this database, their secrets in this vault.
    public Channels(AppDatabase database, Vault vault, InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /// What a channel is to be.
    ///
    /// @param secret empty: none
    public record Wish(String name, Channel.Kind kind, Map<String, String> settings, String secret) {
        /// Leaves the secret out.
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    record Row(Channel channel, Optional<byte[]> sealed) {}

    /// All of them, by name.
    public List<Channel> list() {
        return database
                .read(session -> session.list(COLUMNS + "order by name", Channels::row))
                .orElse(List.of())
                .stream()
                .map(Row::channel)
                .toList();
    }

    /// All that is saved of each, its secret in the open: for an archive.
    public List<Wish> saved() {
        return list().stream()
                .flatMap(one -> open(one.id()).stream())
                .map(one -> new Wish(
                        one.channel().name(),
                        one.channel().kind(),
                        one.channel().settings(),
                        one.secret()))
                .toList();
    }

    /// Makes one.
    ///
    /// @throws RefusedException if the caller is no admin, or saying what is wrong
    public Channel add(Wish wish, Caller caller) {
        refuseOthers(caller);
        check(wish);
        return database.write(session -> {
            if (session.first("select 1 from alert_channel where name = ?", _ -> true, wish.name())
                    .isPresent()) {
                throw new RefusedException(
                        "Want a new name but there is a channel '%s' already".formatted(wish.name()));
            }
            return insert(session, wish, caller);
        });
    }

    /// Makes one, in the place of the one that has its name.
    ///
    /// @throws RefusedException if the caller is no admin, or saying what is wrong
    public Channel put(Wish wish, Caller caller) {
        refuseOthers(caller);
        check(wish);
        return database.write(session -> {
            session.change("delete from alert_channel where name = ?", wish.name());
            return insert(session, wish, caller);
        });
    }

    private Channel insert(Session session, Wish wish, Caller caller) throws SQLException {
        long id = session.nextNumber("alert_channel");
        long now = clock.millis();
        session.change(
                "insert into alert_channel(id, name, kind, settings, sealed, created, changed)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                id,
                wish.name(),
                wish.kind().name(),
                written(wish.settings()),
                wish.secret().isEmpty() ? null : vault.seal(spot(id), wish.secret(), standing(session)),
                now,
                now);
        AuditLog.add(
                session,
                caller,
                clock.instant(),
                "channel.create",
                "channel " + wish.name(),
                wish.kind().name());
        return session.first(COLUMNS + "where id = ?", Channels::row, id)
                .orElseThrow()
                .channel();
    }

    private static Vault.Standing standing(Session session) throws SQLException {
        boolean used = session.first("select 1 from credential_setting where sealed is not null limit 1", _ -> true)
                        .isPresent()
                || session.first("select 1 from task_secret limit 1", _ -> true).isPresent()
                || session.first("select 1 from alert_channel where sealed is not null limit 1", _ -> true)
                        .isPresent();
        return used ? Vault.Standing.IN_USE : Vault.Standing.EMPTY;
    }

    private static void refuseOthers(Caller caller) {
        if (caller.role() != Role.ADMIN) {
            throw new RefusedException("Want an admin to change where alerts go");
        }
    }

    private static void check(Wish wish) {
        if (wish.name().isBlank() || wish.name().length() > 100) {
            throw new RefusedException("Want a name of 1 to 100 letters for the channel");
        }
        Set<String> known = KNOWN.getOrDefault(wish.kind(), Set.of());
        wish.settings().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new RefusedException("Want one of %s but have '%s'"
                            .formatted(String.join(", ", known.stream().sorted().toList()), name));
                });
        for (String name : NEEDED.getOrDefault(wish.kind(), Set.of())) {
            if (wish.settings().getOrDefault(name, "").isBlank()) {
                throw new RefusedException("Want '%s' for the channel but have none".formatted(name));
            }
        }
        if (wish.kind() == Channel.Kind.WEBHOOK) {
            checkUrl(wish.settings().getOrDefault("url", ""));
        }
        if (wish.kind() == Channel.Kind.MAIL) {
            checkMail(wish.settings());
        }
    }

    private static void checkUrl(String text) {
        boolean fits;
        try {
            URI url = URI.create(text);
            fits = url.getHost() != null
                    && Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getUserInfo() == null;
        } catch (IllegalArgumentException unreadable) {
            var refused = new RefusedException("Want the address of a webhook but have no URL");
            refused.initCause(unreadable);
            throw refused;
        }
        if (!fits) {
            throw new RefusedException("Want the address of a webhook that begins with https:// or http://");
        }
    }

    private static void checkMail(Map<String, String> settings) {
        String port = settings.getOrDefault("port", "587");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new RefusedException("Want a port from 1 to 65535 but have '%s'".formatted(port));
        }
        String security = settings.getOrDefault("security", "starttls");
        if (!Set.of("starttls", "tls", "none").contains(security)) {
            throw new RefusedException("Want starttls, tls or none as security but have '%s'".formatted(security));
        }
    }

    /// Removes one, and what was still to go its way.
    ///
    /// @throws NotFoundException if there is none
    /// @throws RefusedException if the caller is no admin
    public void remove(String name, Caller caller) {
        refuseOthers(caller);
        database.write(session -> {
            if (session.change("delete from alert_channel where name = ?", name) == 0) {
                throw new NotFoundException("Want the name of a channel but have '%s'".formatted(name));
            }
            AuditLog.add(session, caller, clock.instant(), "channel.delete", "channel " + name, "");
            return true;
        });
    }

    /// A channel with its secret.
    Optional<Opened> open(long id) {
        return database.read(session -> session.first(COLUMNS + "where id = ?", Channels::row, id))
                .flatMap(row -> row)
                .map(row -> new Opened(
                        row.channel(),
                        row.sealed().map(bytes -> vault.open(spot(id), bytes)).orElse("")));
    }

    record Opened(Channel channel, String secret) {
        /// Leaves the secret out.
        @Override
        public String toString() {
            return channel.toString();
        }
    }

    private static Spot spot(long id) {
        return new Spot("alert_channel", id, "secret");
    }

    private static String written(Map<String, String> settings) {
        var json = new Json();
        new TreeMap<>(settings).forEach(json::put);
        return json.toString();
    }

    private static Row row(ResultSet row) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        if (JsonValue.parse(row.getString(4)) instanceof JsonValue.Members(Map<String, JsonValue> members)) {
            members.forEach((name, value) -> {
                if (value instanceof JsonValue.Text(String text)) {
                    settings.put(name, text);
                }
            });
        }
        Optional<byte[]> sealed = Optional.ofNullable(row.getBytes(5));
        return new Row(
                new Channel(
                        row.getLong(1),
                        row.getString(2),
                        Channel.Kind.valueOf(row.getString(3)),
                        settings,
                        sealed.isPresent(),
                        Instant.ofEpochMilli(row.getLong(6)),
                        Optional.ofNullable(row.getString(7))),
                sealed);
    }
}
