package io.skyferry.control.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// The product's database on a PostgreSQL server, which several processes may share.
///
/// Changes take turns under one lock of the server, as SQLite's writers do: the same code is right on both. Looks
/// are free: each sees one state.
public final class PostgresDatabase implements AppDatabase {
    /// Any number that no other program takes its turns under in the same database.
    private static final long TURN = 0x736B_7966_6572_7279L;

    private static final String START = "jdbc:postgresql:";

    private static final Pattern SECRETS = Pattern.compile("(//)[^/@]*@|([?&](?:user|password)=)[^&]*");

    private final String url;
    private final InstantSource clock;
    private final Schema schema;
    private final Connections connections;
    private final AtomicBoolean current = new AtomicBoolean();

    /// A database at this address; nothing is connected before it is needed.
    ///
    /// @param url as `jdbc:postgresql://host/database?user=u&password=p`
    public PostgresDatabase(String url, InstantSource clock) {
        this(url, clock, Schema.CURRENT);
    }

    PostgresDatabase(String url, InstantSource clock, Schema schema) {
        this.url = checked(url);
        this.clock = clock;
        this.schema = schema.in(Dialect.POSTGRES);
        this.connections = new Connections(url, clock);
    }

    private static String checked(String url) {
        if (!url.startsWith(START)) {
            throw new StoreException(
                    "Want an address like '%s//host/database?user=u&password=p' as database but have '%s'"
                            .formatted(START, shown(url)));
        }
        return url;
    }

    private static String shown(String url) {
        return SECRETS.matcher(url).replaceAll("$1$2***");
    }

    @Override
    public String displayName() {
        return shown(url);
    }

    @Override
    public <T> Optional<T> read(Work<T> work) {
        prepare();
        return Optional.of(in(Connection.TRANSACTION_REPEATABLE_READ, work));
    }

    @Override
    public <T> T write(Work<T> work) {
        prepare();
        return turn(work);
    }

    private <T> T turn(Work<T> work) {
        return in(Connection.TRANSACTION_READ_COMMITTED, session -> {
            session.first("select pg_advisory_xact_lock(?)", _ -> true, TURN);
            return work.in(session);
        });
    }

    private void prepare() {
        if (current.get()) {
            return;
        }
        boolean isCurrent =
                in(Connection.TRANSACTION_READ_COMMITTED, session -> schema.isCurrent(session, displayName()));
        if (!isCurrent) {
            turn(session -> {
                keep(session);
                schema.takeMissing(session, clock.millis());
                return true;
            });
        }
        current.set(true);
    }

    /// Copies the tables of an older version into a schema of their own, in the transaction that changes them.
    private void keep(Session session) throws SQLException {
        int version = schema.versionOf(session);
        if (version == 0 || schema.isCurrent(session, displayName())) {
            return;
        }
        String copy = "skyferry_v" + version;
        session.run("drop schema if exists " + copy + " cascade");
        session.run("create schema " + copy);
        List<String> tables = session.list(
                "select table_name from information_schema.tables where table_schema = current_schema()"
                        + " and table_type = 'BASE TABLE'",
                row -> row.getString(1));
        for (String table : tables) {
            String quoted = '"' + table.replace("\"", "\"\"") + '"';
            session.run("create table %s.%s as table %s".formatted(copy, quoted, quoted));
        }
    }

    private <T> T in(int isolation, Work<T> work) {
        try {
            return connections.use(connection -> {
                connection.setTransactionIsolation(isolation);
                T result = work.in(new Session(connection));
                connection.commit();
                return result;
            });
        } catch (SQLException failure) {
            throw new StoreException(
                    "The database '%s' cannot be used. PostgreSQL says: %s"
                            .formatted(displayName(), withoutSecrets(failure)),
                    failure);
        } catch (StoreException ours) {
            throw new StoreException("The database '%s' %s".formatted(displayName(), ours.getMessage()), ours);
        }
    }

    private String withoutSecrets(SQLException failure) {
        return String.valueOf(failure.getMessage()).replace(url, displayName());
    }

    @Override
    public void close() {
        connections.close();
    }
}
