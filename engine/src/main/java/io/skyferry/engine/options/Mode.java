package io.skyferry.engine.options;

/// What a one-way run makes of the target.
public enum Mode {
    /// New and changed files go to the target; nothing is deleted.
    COPY,
    /// The target becomes equal to the source.
    SYNC,
    /// As COPY; a source file is deleted when its copy is verified and flushed.
    MOVE
}
