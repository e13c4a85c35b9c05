package io.skyferry.layers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets a [Watchdog] look again and again, in a thread of its own that keeps no process alive.
public final class WatchdogThread implements AutoCloseable {
    private volatile boolean closed;
    private final Thread thread;

    /// @param pause between two looks
    public WatchdogThread(Watchdog watchdog, Duration pause) {
        thread = Thread.ofPlatform().daemon().name("watchdog").start(() -> {
            while (!closed) {
                LockSupport.parkNanos(pause.toNanos());
                watchdog.look();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
