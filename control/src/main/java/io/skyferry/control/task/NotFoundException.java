package io.skyferry.control.task;

/// What was named is not there.
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Says what is not there.
    public NotFoundException(String message) {
        super(message);
    }
}
