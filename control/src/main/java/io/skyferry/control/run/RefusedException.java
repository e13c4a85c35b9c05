package io.skyferry.control.run;

/// What was asked for makes no sense for these places: told before anything is done.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Says what was wanted and what was found.
    public RefusedException(String message) {
        super(message);
    }
}
