package io.skyferry.control.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One platform thread with one connection of its own; both begin with the first thing that is asked.
final class Lane implements AutoCloseable {
    private final Path file;
    private final String name;
    private @Nullable ExecutorService thread;
    /// Touched by the thread alone.
    private @Nullable Connected connection;

    /// What is asked.
    @FunctionalInterface
    interface Asking<T> {
        T of(Connected connection) throws Exception;
    }

    Lane(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /// Asks after all that was asked before.
    <T> CompletableFuture<T> ask(Asking<T> asking) {
        var answer = new CompletableFuture<T>();
        thread().execute(() -> {
            try {
                answer.complete(asking.of(connection()));
            } catch (Exception | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private synchronized ExecutorService thread() {
        ExecutorService made = thread == null
                ? Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory())
                : thread;
        thread = made;
        return made;
    }

    private Connected connection() throws SQLException {
        Connected open = connection == null ? Connected.to(file) : connection;
        connection = open;
        return open;
    }

    /// Waits for what was asked, then closes the connection.
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.execute(this::disconnect);
            thread.close();
            thread = null;
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
