package io.skyferry.control.store;

import java.sql.SQLException;
import java.util.Optional;

/// A database inside of a change that is going on: whatever is done here is done with that change, or not
/// at all.
///
/// So several use cases, each of which changes the database by itself, become one change.
public final class OneTransaction implements AppDatabase {
    private final Session session;
    private final String displayName;

    /// Inside of the change that this session belongs to.
    public OneTransaction(Session session, String displayName) {
        this.session = session;
        this.displayName = displayName;
    }

    @Override
    public String displayName() {
        return displayName;
    }

    @Override
    public <T> Optional<T> read(Work<T> work) {
        return Optional.of(write(work));
    }

    @Override
    public <T> T write(Work<T> work) {
        try {
            return work.in(session);
        } catch (SQLException failure) {
            throw new StoreException("cannot be used: " + failure.getMessage(), failure);
        }
    }

    /// Closes nothing: the change is another's.
    @Override
    public void close() {}
}
