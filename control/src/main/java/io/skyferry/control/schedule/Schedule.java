package io.skyferry.control.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a task runs by itself.
///
/// @param windowEnd a run that is still going on at this local time stops in order and goes on at the next one; empty:
/// runs take as long as they take
/// @param jitter each task starts later by its own part of this, always the same, so that not all tasks of a
/// minute begin at once
/// @param missed what becomes of runs that were due while the service was down
public record Schedule(Cron cron, ZoneId zone, Optional<LocalTime> windowEnd, Duration jitter, MissedRuns missed) {
    /// The longest jitter.
    public static final Duration MOST_JITTER = Duration.ofHours(12);

    /// Refuses a jitter that cannot be, and a window to the second.
    public Schedule {
        if (jitter.isNegative() || jitter.compareTo(MOST_JITTER) > 0) {
            throw new IllegalArgumentException("Want a jitter from 0 to 12 hours but have '%s'".formatted(jitter));
        }
        if (windowEnd.isPresent()
                && !windowEnd.orElseThrow().equals(windowEnd.orElseThrow().truncatedTo(ChronoUnit.MINUTES))) {
            throw new IllegalArgumentException(
                    "Want the end of a window to the minute but have '%s'".formatted(windowEnd.orElseThrow()));
        }
    }

    /// A schedule without window and jitter, whose missed runs are made up for.
    public static Schedule of(Cron cron, ZoneId zone) {
        return new Schedule(cron, zone, Optional.empty(), Duration.ZERO, MissedRuns.RUN_ONCE);
    }

    /// The first moment after another one at which a task starts.
    public Instant next(Instant after, long task) {
        Duration delay = delay(task);
        return cron.next(after.minus(delay), zone).plus(delay);
    }

    /// How much later than the others a task starts: always the same for the same task.
    public Duration delay(long task) {
        long seconds = jitter.toSeconds();
        return seconds == 0 ? Duration.ZERO : Duration.ofSeconds(Math.floorMod(mixed(task), seconds));
    }

    /// Numbers that follow each other become numbers that do not. Source: Steele, Lea, Flood, "Fast splittable
    /// pseudorandom number generators", the finaliser of SplitMix64.
    private static long mixed(long task) {
        long z = task + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// When a run that starts then has to stop; empty: never.
    public Optional<Instant> endOf(Instant start) {
        return windowEnd.map(end -> Cron.daily(end).next(start, zone));
    }

    /// When the first run is due, seen after a pause in which nothing could be started.
    ///
    /// @param since the last moment up to which everything due was started
    /// @return now, if something was missed and is to be made up for
    public Instant nextAfterPause(Instant since, Instant now, long task) {
        Instant due = next(since, task);
        if (due.isAfter(now)) {
            return due;
        }
        return switch (missed) {
            case RUN_ONCE -> now;
            case SKIP -> next(now, task);
        };
    }
}
