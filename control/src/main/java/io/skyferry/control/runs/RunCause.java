package io.skyferry.control.runs;

/// Why there is a run.
public enum RunCause {
    /// It was due.
    SCHEDULE,
    /// It was due while nothing ran.
    MISSED,
    /// Somebody asked for it.
    MANUAL,
    /// The one before it was ended by a crash.
    RESUME,
    /// Somebody approved of a plan: exactly that is done.
    APPROVAL,
    /// Somebody wants back what another run replaced and deleted.
    UNDO
}
