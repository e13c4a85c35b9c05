package io.skyferry.cli.option;

/// What was asked for cannot be: told before anything is done.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Says what was wanted and what was found.
    public UsageException(String message) {
        super(message);
    }

    /// Says what was wanted and what was found, and what lies behind it.
    public UsageException(String message, Exception cause) {
        super(message, cause);
    }
}
