package io.skyferry.control.task;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/// When a task runs by itself.
///
/// @param enabled whether it does at all
/// @param windowEnd a run that still goes on at this time is stopped in order, and goes on at the next one
/// @param jitter a run begins at a moment up to so long after its time, the same for each task
public record Timing(Cron cron, boolean enabled, Optional<LocalTime> windowEnd, Duration jitter, Missed missed) {
    /// What becomes of times that passed while nothing ran.
    public enum Missed {
        /// One run makes up for all of them.
        RUN_ONCE,
        /// The next time is waited for.
        SKIP
    }
}
