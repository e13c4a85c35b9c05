package io.skyferry.crypt.synology;

import java.io.IOException;

/// The password or private key is not the one that a file was encrypted with.
public final class WrongSecretException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says which secret does not fit.
    public WrongSecretException(String message) {
        super(message);
    }
}
