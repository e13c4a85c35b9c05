package io.skyferry.engine.report;

/// How a run ended.
public enum Verdict {
    /// Everything that was selected is in step.
    SUCCESS,
    /// The same, and something was noticed that the user should know.
    WARNINGS,
    /// Something is not in step.
    FAILED,
    /// A guard stopped the run or held back its deletes.
    REFUSED,
    /// It was told to stop.
    ABORTED
}
