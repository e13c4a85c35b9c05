package io.skyferry.control.exchange;

/// Something of another product has no like here: nobody did anything wrong, and nothing can be done about it.
public final class UnknownKindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Says what it is.
    UnknownKindException(String message) {
        super(message);
    }
}
