package io.skyferry.engine.pair;

/// One of the two roots of a pair. In one-way runs the left one is the source.
public enum Side {
    /// The source of one-way runs.
    LEFT,
    /// The target of one-way runs.
    RIGHT;

    /// The one across.
    public Side other() {
        return this == LEFT ? RIGHT : LEFT;
    }
}
