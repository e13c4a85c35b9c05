package io.skyferry.memory;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// One platform thread for calls into SQLite: a virtual thread that waits there holds on to its carrier.
///
/// The only place of this package that makes threads.
final class DatabaseThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    /// A thread that begins with the first piece of work.
    DatabaseThread(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Does a piece of work after all that came before.
    <T> CompletableFuture<T> ask(Callable<T> work) {
        var outcome = new CompletableFuture<T>();
        thread.execute(() -> {
            try {
                outcome.complete(work.call());
            } catch (Exception | Error failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /// Does a piece of work after all that came before.
    CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, thread);
    }

    /// Does a piece of work some time later, unless the thread has ended until then.
    void runAfter(Duration time, Runnable work) {
        var _ = thread.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Ends the thread when the work that was submitted is done.
    @Override
    public void close() {
        thread.close();
    }
}
