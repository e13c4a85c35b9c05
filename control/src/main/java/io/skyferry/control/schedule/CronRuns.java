package io.skyferry.control.schedule;

import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.NextRuns;
import io.skyferry.control.task.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Schedules of tasks by [Cron].
///
/// A task starts later than its schedule says by its own part of the jitter, always the same, so that not all tasks
/// of a minute begin at once.
public final class CronRuns implements NextRuns {
    /// Without state.
    public CronRuns() {}

    @Override
    public List<FieldError> faults(io.skyferry.control.task.Cron fields) {
        List<FieldError> faults = new ArrayList<>();
        fault(faults, "minute", CronField.MINUTE, fields.minute());
        fault(faults, "hour", CronField.HOUR, fields.hour());
        fault(faults, "dom", CronField.DAY, fields.dom());
        fault(faults, "month", CronField.MONTH, fields.month());
        fault(faults, "dow", CronField.WEEKDAY, fields.dow());
        if (faults.isEmpty()) {
            try {
                read(fields);
            } catch (IllegalArgumentException never) {
                faults.add(new FieldError("", String.valueOf(never.getMessage())));
            }
        }
        return faults;
    }

    private static void fault(List<FieldError> faults, String path, CronField field, String text) {
        try {
            CronPart.parse(field, text);
        } catch (IllegalArgumentException unreadable) {
            faults.add(new FieldError(path, String.valueOf(unreadable.getMessage())));
        }
    }

    /// The schedule of these fields.
    ///
    /// @throws IllegalArgumentException saying what cannot be read
    public static Cron read(io.skyferry.control.task.Cron fields) {
        return Cron.of(fields.minute(), fields.hour(), fields.dom(), fields.month(), fields.dow());
    }

    @Override
    public Optional<Instant> next(Timing timing, long task, Instant after, ZoneId zone) {
        Duration delay = delay(timing.jitter(), task);
        return Optional.of(read(timing.cron()).next(after.minus(delay), zone).plus(delay));
    }

    @Override
    public Optional<Instant> windowEnd(Timing timing, Instant begun, ZoneId zone) {
        return timing.windowEnd().map(end -> Cron.daily(end).next(begun, zone));
    }

    /// A task's own part of the jitter.
    static Duration delay(Duration jitter, long task) {
        long seconds = jitter.toSeconds();
        return seconds <= 0 ? Duration.ZERO : Duration.ofSeconds(Math.floorMod(mixed(task), seconds));
    }

    /// Numbers that follow each other become numbers that do not. Source: Steele, Lea, Flood, "Fast splittable
    /// pseudorandom number generators", the finaliser of SplitMix64.
    private static long mixed(long task) {
        long z = task + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
