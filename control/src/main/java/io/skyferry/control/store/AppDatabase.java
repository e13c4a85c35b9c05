package io.skyferry.control.store;

import java.sql.SQLException;
import java.util.Optional;

/// The product's database: one SQLite file, or a PostgreSQL database that several processes share.
///
/// The same statements go to both. Changes are made one after the other, whoever makes them: what a change has
/// looked at is still so when it writes.
public interface AppDatabase extends AutoCloseable {
    /// Something done in one transaction. It may be done again where a connection was lost before anything was
    /// kept, so it changes nothing but the database.
    @FunctionalInterface
    interface Work<T> {
        /// Does it.
        T in(Session session) throws SQLException;
    }

    /// Where the database is, without the secrets that lead to it.
    String displayName();

    /// Looks at one state of the database; empty: there is none yet.
    ///
    /// @throws StoreException if it cannot be used
    /// @throws io.skyferry.control.run.RefusedException if a newer Skyferry made it
    <T> Optional<T> read(Work<T> work);

    /// Changes the database: all of it or nothing. When this returns, the change survives a loss of power.
    ///
    /// @throws StoreException if it cannot be used
    /// @throws io.skyferry.control.run.RefusedException if a newer Skyferry made it
    /// @throws RuntimeException that the work threw
    <T> T write(Work<T> work);

    /// Closes what was opened; what was written is kept.
    @Override
    void close();
}
