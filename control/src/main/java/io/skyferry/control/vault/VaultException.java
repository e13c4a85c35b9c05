package io.skyferry.control.vault;

/// Secrets cannot be sealed or opened; the message says why and what to do, and holds nothing of them.
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    VaultException(String message) {
        super(message);
    }

    VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
