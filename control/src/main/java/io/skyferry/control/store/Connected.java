package io.skyferry.control.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/// A connection to the file, for one platform thread.
final class Connected implements AutoCloseable {
    /// SQLite itself waits no longer: it would do so in native code.
    private static final int BUSY_MILLIS = 200;

    private static final int BUSY_ATTEMPTS = 100;

    private final Connection connection;
    private final Session session;

    /// What a transaction is for.
    enum Kind {
        /// It sees one state.
        READING("begin"),
        /// It has the file for itself.
        WRITING("begin immediate");

        private final String begin;

        Kind(String begin) {
            this.begin = begin;
        }
    }

    private Connected(Connection connection) {
        this.connection = connection;
        this.session = new Session(connection);
    }

    /// Opens the file; makes it, for its owner alone, where it is not there.
    static Connected to(Path file) throws SQLException {
        makeOwn(file);
        var settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        settings.setProperty("jdbc.get_generated_keys", "false");
        // A URI holds the very bytes of the path, whatever the locale makes of them.
        var opened = new Connected(JDBC.createConnection(JDBC.PREFIX + file.toUri(), settings));
        try {
            opened.prepare();
            return opened;
        } catch (SQLException | RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private static void makeOwn(Path file) {
        try {
            OwnerOnly.make(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("The file cannot be made", failure);
        }
    }

    private void prepare() throws SQLException {
        patiently(() -> {
            session.run("pragma journal_mode=wal");
            session.run("pragma synchronous=full");
            session.run("pragma foreign_keys=on");
            return true;
        });
    }

    /// Does something in one transaction.
    <T> T transaction(Kind kind, AppDatabase.Work<T> work) throws SQLException {
        patiently(() -> execute(kind.begin));
        boolean done = false;
        try {
            T result = work.in(session);
            patiently(() -> execute("commit"));
            done = true;
            return result;
        } finally {
            if (!done) {
                execute("rollback");
            }
        }
    }

    /// Copies the whole database into a file that is not there yet.
    void copyTo(Path copy) throws SQLException, IOException {
        Files.deleteIfExists(copy);
        OwnerOnly.make(copy);
        session.change("vacuum into ?", copy.toString());
    }

    private boolean execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    /// What is done with the database.
    @FunctionalInterface
    private interface Doing<T> {
        T done() throws SQLException;
    }

    /// Again as long as another has the file; each attempt waits inside SQLite.
    private static <T> T patiently(Doing<T> doing) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return doing.done();
            } catch (SQLException failure) {
                boolean busy = (failure.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || attempt >= BUSY_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            // Whatever was committed is in the file or in the log beside it: the next one to open it goes on there.
            System.getLogger(Connected.class.getName()).log(System.Logger.Level.DEBUG, "A connection stays", failure);
        }
    }
}
