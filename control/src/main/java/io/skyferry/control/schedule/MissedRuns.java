package io.skyferry.control.schedule;

/// What becomes of a run that was due while nothing ran that could have started it.
public enum MissedRuns {
    /// One run makes up for all that were missed.
    RUN_ONCE,
    /// The next one comes when it is due.
    SKIP
}
