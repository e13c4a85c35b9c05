package io.skyferry.control.store;

/// The product's database cannot be used; the message says which file it is and what to do.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
