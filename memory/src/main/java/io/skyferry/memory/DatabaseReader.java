package io.skyferry.memory;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Reads on a thread and a connection of its own, so that no reader waits for a flush. Both begin with the first
/// question.
final class DatabaseReader implements AutoCloseable {
    private final DatabaseThread thread = new DatabaseThread("memory-reader");
    private final Path file;
    private final Tuning tuning;
    private final Failures failures;
    private final Runnable check;
    private @Nullable Database database;

    /// What is asked of the tables.
    @FunctionalInterface
    interface Question<T> {
        T of(Database database) throws SQLException;
    }

    /// Reads a file that is there.
    ///
    /// @param check looks, before the file is opened a second time, whether it is still the one that was opened
    DatabaseReader(Path file, Tuning tuning, Failures failures, Runnable check) {
        this.file = file;
        this.tuning = tuning;
        this.failures = failures;
        this.check = check;
    }

    /// Asks, and waits for the answer.
    <T> T ask(Question<T> question) {
        return await(askAhead(question));
    }

    /// Asks; to be waited for by [#await].
    <T> CompletableFuture<T> askAhead(Question<T> question) {
        try {
            return thread.ask(() -> answered(question));
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("Want an open memory but have a closed one", closed);
        }
    }

    /// The answer to a question.
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException problem) {
            throw failures.of(problem);
        }
    }

    private <T> T answered(Question<T> question) throws SQLException {
        Database opened = opened();
        return opened.patiently(() -> question.of(opened));
    }

    private Database opened() throws SQLException {
        Database known = database;
        if (known != null) {
            return known;
        }
        check.run();
        Database fresh = Database.open(file, tuning, Database.Missing.TOLD);
        database = fresh;
        return fresh;
    }

    @Override
    public void close() {
        try {
            thread.ask(this::end).join();
        } catch (CompletionException problem) {
            throw failures.of(problem);
        } finally {
            thread.close();
        }
    }

    private boolean end() throws SQLException {
        if (database != null) {
            database.close();
        }
        return true;
    }
}
