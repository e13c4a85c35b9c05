package io.skyferry.control.user;

import io.skyferry.control.store.AppDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Who is logged in with a browser. A session is a random text in a cookie; its digest alone is stored.
public final class Sessions {
    private static final Duration USE_IS_NOTED = Duration.ofMinutes(1);

    private final AppDatabase database;
    private final Supplier<SecureRandom> random;
    private final InstantSource clock;
    private final Limits limits;

    /// How long a session lives.
    ///
    /// @param idle without anything being asked
    /// @param whole whatever is asked
    public record Limits(Duration idle, Duration whole) {
        /// A working day without a touch, a week in all.
        public static final Limits USUAL = new Limits(Duration.ofHours(12), Duration.ofDays(7));
    }

    /// A session as it is used.
    ///
    /// @param csrf has to come with each change that this session asks for
    public record Open(User user, String csrf, Instant ends) {
        /// Leaves the token out.
        @Override
        public String toString() {
            return user.toString();
        }
    }

    /// Sessions in this database.
    public Sessions(AppDatabase database, Supplier<SecureRandom> random, InstantSource clock, Limits limits) {
        this.database = database;
        this.random = random;
        this.clock = clock;
        this.limits = limits;
    }

    /// Begins one, and forgets those that have ended.
    ///
    /// @return what the browser keeps
    public String begin(User user, String origin) {
        String token = Tokens.drawn(random.get());
        long now = clock.millis();
        database.write(session -> {
            session.change(
                    "delete from login_session where seen < ? or begun < ?",
                    now - limits.idle().toMillis(),
                    now - limits.whole().toMillis());
            return session.change(
                    "insert into login_session(id, account_id, origin, begun, seen) values (?, ?, ?, ?, ?)",
                    Tokens.digest(token),
                    user.id(),
                    origin,
                    now,
                    now);
        });
        return token;
    }

    private record Row(Users.Row owner, long begun, long seen) {}

    /// The session of this token, if it still lives.
    public Optional<Open> find(String token) {
        String id = Tokens.digest(token);
        Instant now = clock.instant();
        Optional<Row> found = row(id, now);
        found.filter(row -> row.seen() + USE_IS_NOTED.toMillis() < now.toEpochMilli())
                .ifPresent(_ -> database.write(session ->
                        session.change("update login_session set seen = ? where id = ?", now.toEpochMilli(), id)));
        return found.map(row -> new Open(row.owner().user(), csrfOf(token), ends(row)));
    }

    /// Whether the session of this token still lives. To ask is no use of it.
    public boolean isOpen(String token) {
        return row(Tokens.digest(token), clock.instant()).isPresent();
    }

    private Optional<Row> row(String id, Instant now) {
        return database.read(session -> {
                    Optional<long[]> times = session.first(
                            "select account_id, begun, seen from login_session where id = ?",
                            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                            id);
                    return times.isEmpty()
                            ? Optional.<Row>empty()
                            : Users.rowOf(session, times.orElseThrow()[0])
                                    .map(owner -> new Row(owner, times.orElseThrow()[1], times.orElseThrow()[2]));
                })
                .flatMap(row -> row)
                .filter(row -> lives(row, now));
    }

    private Instant ends(Row row) {
        return Instant.ofEpochMilli(row.begun()).plus(limits.whole());
    }

    private boolean lives(Row row, Instant now) {
        return now.isBefore(ends(row))
                && now.isBefore(Instant.ofEpochMilli(row.seen()).plus(limits.idle()));
    }

    /// Known to whoever holds the token; the token cannot be told from it.
    private static String csrfOf(String token) {
        return Tokens.digest("csrf " + token);
    }

    /// Ends one.
    public void end(String token) {
        String id = Tokens.digest(token);
        database.write(session -> session.change("delete from login_session where id = ?", id));
    }
}
