package io.skyferry.control.runs;

/// How far a run is, or how it ended.
public enum RunState {
    /// It has not begun: others come first, or work on the same places.
    WAITING,
    /// It goes on.
    RUNNING,
    /// All is in step.
    SUCCESS,
    /// All is in step, and there is something to know.
    WARNINGS,
    /// Something is not in step.
    FAILED,
    /// It was told to stop.
    ABORTED,
    /// A guard stopped it. Its plan can be approved once.
    REFUSED,
    /// Its process ended before it did.
    INTERRUPTED;

    /// Whether nothing more will become of it.
    public boolean isFinal() {
        return this != WAITING && this != RUNNING;
    }

    /// Whether all is in step.
    public boolean isGood() {
        return this == SUCCESS || this == WARNINGS;
    }
}
