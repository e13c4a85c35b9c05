package io.skyferry.server.truenas;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How often something may be done: at once so often, and over time so often a second.
final class Pace {
    private final InstantSource clock;
    private final int atOnce;
    private final int eachSecond;
    private double left;
    private Instant filled;

    Pace(InstantSource clock, int atOnce, int eachSecond) {
        this.clock = clock;
        this.atOnce = atOnce;
        this.eachSecond = eachSecond;
        this.left = atOnce;
        this.filled = clock.instant();
    }

    /// Whether it may be done now; if so it counts.
    synchronized boolean allows() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filled, now).toMillis()) / 1000.0;
        left = Math.min(atOnce, left + seconds * eachSecond);
        filled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
