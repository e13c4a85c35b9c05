package io.skyferry.control.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection inside one transaction: what is asked sees one state, and what is changed is kept as a whole or not
/// at all.
public final class Session {
    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /// Makes a value of a row.
    @FunctionalInterface
    public interface Reading<T> {
        /// The value of the row that the result stands at.
        T of(ResultSet row) throws SQLException;
    }

    /// Changes rows.
    ///
    /// @param values texts, whole numbers, bytes, or null
    /// @return how many
    public int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = bound(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /// All rows of a query.
    public <T> List<T> list(String sql, Reading<T> reading, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = bound(sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(reading.of(rows));
            }
        }
        return all;
    }

    /// The first row of a query.
    public <T> Optional<T> first(String sql, Reading<T> reading, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = bound(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
        }
    }

    /// A number that was never given out before.
    ///
    /// @param counter what it is for
    public long nextNumber(String counter) throws SQLException {
        return first(
                        "insert into counter(name, last) values (?, 1)"
                                + " on conflict(name) do update set last = counter.last + 1 returning last",
                        row -> row.getLong(1),
                        counter)
                .orElseThrow();
    }

    /// Runs a statement that is used once.
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    /// Not a switch: its first use costs a cold process more than all that it binds.
    private static void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setObject(position, null);
        } else if (value instanceof String text) {
            statement.setString(position, text);
        } else if (value instanceof Long number) {
            statement.setLong(position, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(position, bytes);
        } else {
            throw new IllegalArgumentException("Want text, number or bytes but have " + value.getClass());
        }
    }
}
