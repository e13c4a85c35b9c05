package io.skyferry.memory;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Reads on a thread and a connection of its own, so that no reader waits for a flush. Both begin with the first
/// question.
final class DatabaseReader implements AutoCloseable {
    private final DatabaseThread thread = new DatabaseThread("memory-reader");
    private final Path file;
    private final Tuning tuning;
    private final Failures failures;
    private @Nullable Database database;

    /// What is asked of the tables.
    @FunctionalInterface
    interface Question<T> {
        T of(Database database) throws SQLException;
    }

    DatabaseReader(Path file, Tuning tuning, Failures failures) {
        this.file = file;
        this.tuning = tuning;
        this.failures = failures;
    }

    /// Asks, and waits for the answer.
    <T> T ask(Question<T> question) {
        return await(askAhead(question));
    }

    /// Asks; to be waited for by [#await].
    <T> CompletableFuture<T> askAhead(Question<T> question) {
        return thread.ask(() -> question.of(opened()));
    }

    /// The answer to a question.
    <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException problem) {
            throw failures.of(problem);
        }
    }

    private Database opened() throws SQLException {
        if (database == null) {
            database = Database.open(file, tuning);
        }
        return database;
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
