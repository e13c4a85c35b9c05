package io.skyferry.storage;

/// Work was told to stop. Not a failure: it is never retried and never counted.
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Told to stop while doing this.
    public CancelledException(String doing) {
        super("Cancelled while " + doing);
    }
}
