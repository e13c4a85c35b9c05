package io.skyferry.control.runs;

/// Hears of each run that has ended in this process; returns soon and never throws.
@FunctionalInterface
public interface Outcomes {
    /// A run has ended.
    void finished(Run run, Trouble trouble);
}
