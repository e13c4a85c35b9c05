package io.skyferry.engine.pair;

/// The memory of a pair could not be read or written: no space, a damaged file, a database error.
public final class PairMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What was found, and what to do about it, for the user.
    public PairMemoryException(String message) {
        super(message);
    }

    /// What was wanted and what came instead, for the user.
    public PairMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
