package io.skyferry.control.task;

/// Which way a task goes.
public enum Direction {
    /// From the local folder to the account.
    PUSH,
    /// From the account to the local folder.
    PULL;

    /// The other way.
    public Direction reversed() {
        return this == PUSH ? PULL : PUSH;
    }
}
