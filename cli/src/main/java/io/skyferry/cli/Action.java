package io.skyferry.cli;

/// What a command does once its options are read.
@FunctionalInterface
public interface Action {
    /// Does it.
    ///
    /// @return one of [ExitCodes]
    int act();
}
