package io.skyferry.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Looks now and then at everything that waits for a peer, from one thread that keeps no process alive.
///
/// Costs those that are watched one write to memory a step, where a timeout at the socket costs system calls.
final class StallWatch implements AutoCloseable {
    /// Not waiting.
    static final long IDLE = Long.MIN_VALUE;

    private static final long LONGEST_PAUSE = Duration.ofMillis(250).toNanos();
    private static final long SHORTEST_PAUSE = Duration.ofMillis(10).toNanos();

    private final LongSupplier nanos;
    private final long pause;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;

    /// What waits for a peer at times.
    interface Watched {
        /// Since when it waits, on the watch's clock; [#IDLE] if it does not.
        long waitingSince();

        /// It waits since then; ends it if that is too long. Run on the watch's thread: never blocks.
        void look(long waitedNanos);
    }

    StallWatch(LongSupplier nanos, Duration shortestPatience) {
        this.nanos = nanos;
        this.pause = Math.clamp(shortestPatience.toNanos() / 8, SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    long now() {
        return nanos.getAsLong();
    }

    void add(Watched one) {
        all.add(one);
        if (!started.get() && started.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("http-watch").start(this::run);
        }
    }

    void remove(Watched one) {
        all.remove(one);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, pause);
            long now = nanos.getAsLong();
            for (Watched one : all) {
                long since = one.waitingSince();
                if (since != IDLE) {
                    one.look(now - since);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
