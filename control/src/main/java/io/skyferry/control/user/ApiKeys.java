package io.skyferry.control.user;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.task.NotFoundException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Keys for scripts, written `<number>-<secret>`. Of the secret only what SCRAM-SHA-512 checks it with is kept.
public final class ApiKeys {
    private static final Duration USE_IS_NOTED = Duration.ofMinutes(1);
    private static final int MOST_LETTERS = 200;
    private static final String COLUMNS =
            "select k.id, a.name, k.name, k.created, k.expires, k.used, k.salt, k.iterations, k.stored_key, k.server_key,"
                    + " k.account_id from api_key k join account a on a.id = k.account_id ";

    private final AppDatabase database;
    private final Supplier<SecureRandom> random;
    private final InstantSource clock;
    private final KnownSecrets proven = new KnownSecrets();

    /// Keys in this database.
    public ApiKeys(AppDatabase database, Supplier<SecureRandom> random, InstantSource clock) {
        this.database = database;
        this.random = random;
        this.clock = clock;
    }

    /// A key that was just made.
    ///
    /// @param text all of it, told this once
    public record Made(ApiKey key, String text) {
        /// Leaves the secret out.
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /// A key as it is checked.
    public record Known(ApiKey key, User user, ScramKey scram) {}

    private record Row(ApiKey key, long account, ScramKey scram) {}

    /// Makes a key for a user.
    ///
    /// @param expires empty: never
    /// @throws RefusedException if there is no such user, or the caller may not
    public Made make(String user, String name, Optional<Instant> expires, Caller caller) {
        refuseStranger(user, caller);
        if (name.isBlank() || name.length() > MOST_LETTERS) {
            throw new RefusedException(
                    "Want a name of 1 to %s letters for the key but have '%s'".formatted(MOST_LETTERS, name));
        }
        SecureRandom drawing = random.get();
        String secret = Tokens.drawn(drawing).replace('-', '.');
        byte[] salt = new byte[ScramKey.SALT_BYTES];
        drawing.nextBytes(salt);
        ScramKey scram = ScramKey.of(secret, salt, ScramKey.ITERATIONS);
        return database.write(session -> {
            User owner = Users.rowOf(session, user)
                    .orElseThrow(() -> new NotFoundException("Want the name of a user but have '%s'".formatted(user)))
                    .user();
            long id = session.nextNumber("api_key");
            session.change(
                    "insert into api_key(id, account_id, name, salt, iterations, stored_key, server_key, created, expires)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    owner.id(),
                    name,
                    salt,
                    (long) scram.iterations(),
                    scram.storedKey(),
                    scram.serverKey(),
                    clock.millis(),
                    expires.map(Instant::toEpochMilli).orElse(null));
            AuditLog.add(session, caller, clock.instant(), "api-key.create", "user " + user, "key " + id);
            ApiKey key = session.first(COLUMNS + "where k.id = ?", ApiKeys::row, id)
                    .orElseThrow()
                    .key();
            return new Made(key, id + "-" + secret);
        });
    }

    /// Everybody may have keys of their own; those of others are an admin's affair.
    private static void refuseStranger(String user, Caller caller) {
        if (caller.role() != Role.ADMIN && !caller.name().equals(user)) {
            throw new RefusedException("Want an admin for the keys of '%s'".formatted(user));
        }
    }

    /// All keys, or those of one user, in the order in which they were made.
    public List<ApiKey> list(Optional<String> user) {
        return database
                .read(session -> session.list(COLUMNS + "order by k.id", ApiKeys::row))
                .orElse(List.of())
                .stream()
                .map(Row::key)
                .filter(key -> user.isEmpty() || user.orElseThrow().equals(key.user()))
                .toList();
    }

    /// Removes a key: it opens nothing any more.
    ///
    /// @throws NotFoundException if there is none
    /// @throws RefusedException if the caller may not
    public void remove(long id, Caller caller) {
        database.write(session -> {
            ApiKey key = session.first(COLUMNS + "where k.id = ?", ApiKeys::row, id)
                    .map(Row::key)
                    .orElseThrow(
                            () -> new NotFoundException("Want the number of an API key but have '%s'".formatted(id)));
            refuseStranger(key.user(), caller);
            AuditLog.add(session, caller, clock.instant(), "api-key.delete", "user " + key.user(), "key " + id);
            return session.change("delete from api_key where id = ?", id);
        });
    }

    /// The key of this number, unless it has expired: what a SCRAM exchange is held with.
    public Optional<Known> find(long id) {
        return database.read(session -> {
                    Optional<Row> row = session.first(COLUMNS + "where k.id = ?", ApiKeys::row, id);
                    return row.isEmpty()
                            ? Optional.<Known>empty()
                            : Users.rowOf(session, row.orElseThrow().account())
                                    .map(owner -> new Known(
                                            row.orElseThrow().key(),
                                            owner.user(),
                                            row.orElseThrow().scram()));
                })
                .flatMap(known -> known)
                .filter(known -> known.key()
                        .expires()
                        .filter(end -> !clock.instant().isBefore(end))
                        .isEmpty());
    }

    /// The user whose key this is, if it is one.
    public Optional<User> userOf(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || dash > 18 || !text.chars().limit(dash).allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        Optional<Known> known = find(Long.parseLong(text, 0, dash, 10))
                .filter(one -> proven.matches(one.key().id(), one.scram(), text.substring(dash + 1)));
        known.ifPresent(one -> used(one.key()));
        return known.map(Known::user);
    }

    /// Notes that a key opened something; at most once a minute, as it is a write.
    public void used(ApiKey key) {
        Instant now = clock.instant();
        if (key.used().filter(last -> last.plus(USE_IS_NOTED).isAfter(now)).isEmpty()) {
            database.write(session ->
                    session.change("update api_key set used = ? where id = ?", now.toEpochMilli(), key.id()));
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        var key = new ApiKey(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                moment(row, 5),
                moment(row, 6));
        return new Row(key, row.getLong(11), new ScramKey(bytes(row, 7), row.getInt(8), bytes(row, 9), bytes(row, 10)));
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getBytes(column));
    }

    private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
