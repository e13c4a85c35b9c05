package io.skyferry.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/// One connection to a memory file, with its prepared statements. For one thread, which must be a platform thread.
final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 200;
    private static final int READ_AND_WRITE = SQLiteOpenMode.READWRITE.flag | SQLiteOpenMode.OPEN_URI.flag;

    private final Connection connection;
    private final Tuning tuning;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Durability durability = Durability.PROCESS;

    /// What a write that was committed survives.
    enum Durability {
        /// The end of this process.
        PROCESS,
        /// A power loss.
        MEDIUM
    }

    /// Makes a value of a row of a result.
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// Looks at a row of a result.
    @FunctionalInterface
    interface Looking {
        void at(ResultSet row) throws SQLException;
    }

    private Database(Connection connection, Tuning tuning) {
        this.connection = connection;
        this.tuning = tuning;
    }

    /// What becomes of a file that is not there.
    enum Missing {
        /// It is made.
        MADE,
        /// It is a failure.
        TOLD
    }

    /// Opens a file.
    static Database open(Path file, Tuning tuning, Missing missing) throws SQLException {
        var settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        settings.setProperty("jdbc.get_generated_keys", "false");
        if (missing == Missing.TOLD) {
            settings.setProperty("open_mode", Integer.toString(READ_AND_WRITE));
        }
        // A URI holds the very bytes of the path, whatever the locale makes of them, and a '?' in it is no option.
        var database = new Database(JDBC.createConnection(JDBC.PREFIX + file.toUri(), settings), tuning);
        try {
            database.prepareFile();
            return database;
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private void prepareFile() throws SQLException {
        // The driver is told to leave transactions alone, and the one it begins at that is ended: else it would try to
        // begin and commit around each statement, or hold the file locked between groups.
        connection.setAutoCommit(false);
        run("rollback");
        run("pragma page_size=8192");
        run("pragma journal_mode=wal");
        run("pragma synchronous=normal");
        run("pragma wal_autocheckpoint=2000");
        run("pragma cache_size=-2000");
        if (tuning.maxPages() < Tuning.DEFAULT.maxPages()) {
            run("pragma max_page_count=" + tuning.maxPages());
        }
    }

    /// Runs a statement that is used once.
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    int change(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /// All rows of a query.
    <T> List<T> list(String sql, Reading<T> reading, @Nullable Object... values) throws SQLException {
        var all = new ArrayList<T>();
        each(sql, row -> all.add(reading.of(row)), values);
        return all;
    }

    /// Looks at each row of a query.
    void each(String sql, Looking looking, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                looking.at(rows);
            }
        }
    }

    /// The first row of a query.
    <T> Optional<T> first(String sql, Reading<T> reading, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    /// Not a switch: its first use costs a cold process more than all that it binds.
    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value instanceof Long number) {
            statement.setLong(position, number);
        } else if (value instanceof Integer number) {
            statement.setInt(position, number);
        } else {
            statement.setBytes(position, (byte[]) value);
        }
    }

    /// Begins to write; what follows is committed as a whole or not at all. What is not committed when the connection
    /// is closed is taken back.
    void begin(Durability wanted) throws SQLException {
        if (durability != wanted) {
            run(wanted == Durability.MEDIUM ? "pragma synchronous=full" : "pragma synchronous=normal");
            durability = wanted;
        }
        patiently(() -> change("begin immediate"));
    }

    /// Ends the writing.
    void commit() throws SQLException {
        patiently(() -> change("commit"));
    }

    /// What is done with the database.
    @FunctionalInterface
    interface Doing<T> {
        T done() throws SQLException;
    }

    /// Does something again as long as another has the file, waiting in between.
    <T> T patiently(Doing<T> doing) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return doing.done();
            } catch (SQLException failure) {
                if (attempt >= tuning.busyAttempts() || failure.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
