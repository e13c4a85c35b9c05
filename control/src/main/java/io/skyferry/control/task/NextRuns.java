package io.skyferry.control.task;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads schedules: says when they are due next.
public interface NextRuns {
    /// What is wrong with the fields of a schedule; paths are `minute`, `hour`, `dom`, `month`, `dow`, or empty
    /// where no day at all fits.
    List<FieldError> faults(Cron cron);

    /// The first moment after this one at which a task is due, its jitter counted.
    ///
    /// @param task its number, which decides about its part of the jitter
    Optional<Instant> next(Timing timing, long task, Instant after, ZoneId zone);

    /// When the run that began at this moment has to stop; empty: never.
    Optional<Instant> windowEnd(Timing timing, Instant begun, ZoneId zone);
}
