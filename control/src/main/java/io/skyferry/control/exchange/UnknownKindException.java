package io.skyferry.control.exchange;

import io.skyferry.control.run.RefusedException;

/// Something of another product has no like here: nobody did anything wrong, and nothing can be done about it.
final class UnknownKindException extends RefusedException {
    private static final long serialVersionUID = 1;

    /// Says what it is.
    UnknownKindException(String message) {
        super(message);
    }
}
