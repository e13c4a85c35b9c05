package io.skyferry.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A clock that is set by hand; who sleeps on it moves it.
public final class FakeClock implements Supplier<Instant> {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> waits = new ArrayList<>();
    private Instant now;

    /// Shows midnight, 1 January 2026, UTC.
    public FakeClock() {
        this(START);
    }

    /// Shows that time.
    public FakeClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant get() {
        return now;
    }

    /// Nanoseconds since some moment; goes with the clock.
    public synchronized long nanos() {
        return Duration.between(START, now).toNanos();
    }

    /// Moves it on, or back.
    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /// Moves it on, and remembers that somebody waited so long.
    public synchronized void sleep(Duration time) {
        waits.add(time);
        now = now.plus(time);
    }

    /// How long anybody waited, in order.
    public synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }
}
