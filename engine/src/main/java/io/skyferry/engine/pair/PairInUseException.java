package io.skyferry.engine.pair;

/// Another run works on the pair.
public final class PairInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Which pair, and what is known of the other run.
    public PairInUseException(String message) {
        super(message);
    }
}
