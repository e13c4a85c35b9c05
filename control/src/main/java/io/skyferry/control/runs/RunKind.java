package io.skyferry.control.runs;

/// Whether a run does anything.
public enum RunKind {
    /// It does what the task says.
    REAL,
    /// It tells what it would do, and keeps that as a plan. No script runs and no snapshot is taken.
    DRY_RUN
}
