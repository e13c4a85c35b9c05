package io.skyferry.control.task;

/// Whoever asks may not.
public final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Says which role it takes.
    public ForbiddenException(String message) {
        super(message);
    }
}
