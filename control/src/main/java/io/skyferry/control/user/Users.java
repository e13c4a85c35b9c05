package io.skyferry.control.user;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.Session;
import io.skyferry.control.task.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What can be done with users. Each change is in the audit log; no password ever is.
public final class Users {
    /// ASCII alone, without what parts names in SCRAM messages and lists.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");

    private static final int FEWEST_LETTERS = 8;
    private static final int MOST_BYTES = 1024;
    private static final String COLUMNS = "select id, name, role, password, created, changed from account ";

    private final AppDatabase database;
    private final Argon2 argon2;
    private final InstantSource clock;

    /// Users in this database.
    public Users(AppDatabase database, Argon2 argon2, InstantSource clock) {
        this.database = database;
        this.argon2 = argon2;
        this.clock = clock;
    }

    record Row(User user, String password) {}

    /// All of them, by name.
    public List<User> list() {
        return database.read(session -> session.list(COLUMNS + "order by name", Users::row)).orElse(List.of()).stream()
                .map(Row::user)
                .toList();
    }

    /// The user of this name.
    ///
    /// @throws RefusedException if there is none
    public User get(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /// The user of this name, if there is one.
    public Optional<User> find(String name) {
        return database.read(session -> rowOf(session, name))
                .flatMap(row -> row)
                .map(Row::user);
    }

    static Optional<Row> rowOf(Session session, String name) throws SQLException {
        return session.first(COLUMNS + "where name = ?", Users::row, name);
    }

    static Optional<Row> rowOf(Session session, long id) throws SQLException {
        return session.first(COLUMNS + "where id = ?", Users::row, id);
    }

    private static Row row(ResultSet row) throws SQLException {
        String password = row.getString(4);
        return new Row(
                new User(
                        row.getLong(1),
                        row.getString(2),
                        Role.valueOf(row.getString(3)),
                        !password.isEmpty(),
                        Instant.ofEpochMilli(row.getLong(5)),
                        Instant.ofEpochMilli(row.getLong(6))),
                password);
    }

    private static NotFoundException unknown(String name) {
        return new NotFoundException("Want the name of a user but have '%s'".formatted(name));
    }

    /// Makes a user.
    ///
    /// @param password empty: the user has none, and comes in by API keys alone
    /// @throws RefusedException if the name is taken or none, or the password is too short
    public User add(String name, Role role, String password, Caller caller) {
        checkName(name);
        String hash = hashed(password);
        return database.write(session -> insert(session, name, role, hash, caller));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static void checkName(String name) {
        if (!isName(name)) {
            throw new RefusedException(
                    "Want a name of up to 64 letters from a to z, digits, '_', '.', '@' and '-' but have '%s'"
                            .formatted(name));
        }
    }

    /// @throws RefusedException saying what is wrong with it, without telling it
    String hashed(String password) {
        if (password.isEmpty()) {
            return "";
        }
        int letters = password.codePointCount(0, password.length());
        if (letters < FEWEST_LETTERS || password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new RefusedException(
                    "Want a password of %s letters or more, and at most %s bytes, but have %s letters"
                            .formatted(FEWEST_LETTERS, MOST_BYTES, letters));
        }
        return argon2.hash(password);
    }

    User insert(Session session, String name, Role role, String hash, Caller caller) throws SQLException {
        if (rowOf(session, name).isPresent()) {
            throw new RefusedException("Want a new name but there is a user '%s' already".formatted(name));
        }
        long id = session.nextNumber("account");
        long now = clock.millis();
        session.change(
                "insert into account(id, name, role, password, created, changed) values (?, ?, ?, ?, ?, ?)",
                id,
                name,
                role.name(),
                hash,
                now,
                now);
        AuditLog.add(session, caller, clock.instant(), "user.create", "user " + name, "role " + role);
        return rowOf(session, id).orElseThrow().user();
    }

    /// Gives a user another password; all their sessions end.
    ///
    /// @param password empty: none
    /// @throws RefusedException if there is no such user, or the password is too short
    public User setPassword(String name, String password, Caller caller) {
        String hash = hashed(password);
        return database.write(session -> {
            User user = rowOf(session, name).orElseThrow(() -> unknown(name)).user();
            session.change(
                    "update account set password = ?, changed = ? where id = ?", hash, clock.millis(), user.id());
            session.change("delete from login_session where account_id = ?", user.id());
            AuditLog.add(session, caller, clock.instant(), "user.password", "user " + name, "");
            return rowOf(session, user.id()).orElseThrow().user();
        });
    }

    /// Gives a user another role.
    ///
    /// @throws RefusedException if there is no such user, or no admin would be left
    public User setRole(String name, Role role, Caller caller) {
        return database.write(session -> {
            User user = rowOf(session, name).orElseThrow(() -> unknown(name)).user();
            if (role != Role.ADMIN) {
                refuseLastAdmin(session, user);
            }
            session.change(
                    "update account set role = ?, changed = ? where id = ?", role.name(), clock.millis(), user.id());
            AuditLog.add(
                    session,
                    caller,
                    clock.instant(),
                    "user.role",
                    "user " + name,
                    "from %s to %s".formatted(user.role(), role));
            return rowOf(session, user.id()).orElseThrow().user();
        });
    }

    /// Removes a user with all sessions and API keys.
    ///
    /// @throws RefusedException if there is no such user, or no admin would be left
    public void remove(String name, Caller caller) {
        database.write(session -> {
            User user = rowOf(session, name).orElseThrow(() -> unknown(name)).user();
            refuseLastAdmin(session, user);
            AuditLog.add(session, caller, clock.instant(), "user.delete", "user " + name, "");
            return session.change("delete from account where id = ?", user.id());
        });
    }

    private static void refuseLastAdmin(Session session, User user) throws SQLException {
        long others = session.first(
                        "select count(*) from account where role = 'ADMIN' and id <> ?",
                        row -> row.getLong(1),
                        user.id())
                .orElse(0L);
        if (user.role() == Role.ADMIN && others == 0) {
            throw new RefusedException("Want an admin to be left but '%s' is the last one".formatted(user.name()));
        }
    }

    /// Whether anybody can log in at all.
    public boolean isEmpty() {
        return database.read(Users::noneIn).orElse(true);
    }

    static boolean noneIn(Session session) throws SQLException {
        return session.first("select 1 from account limit 1", _ -> true).isEmpty();
    }

    /// The user of this name, if that is the password. Takes as long for names that nobody has.
    Optional<User> known(String name, String password) {
        Optional<Row> row = database.read(session -> rowOf(session, name)).flatMap(found -> found);
        String hash = row.map(Row::password).orElse("");
        if (!argon2.matches(hash, password)) {
            return Optional.empty();
        }
        if (argon2.isStale(hash)) {
            String again = argon2.hash(password);
            database.write(session -> session.change(
                    "update account set password = ? where name = ? and password = ?", again, name, hash));
        }
        return row.map(Row::user);
    }
}
