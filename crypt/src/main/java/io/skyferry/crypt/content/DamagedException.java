package io.skyferry.crypt.content;

import java.io.IOException;

/// An encrypted file does not decrypt: it is damaged, cut, put together anew, or encrypted under another
/// key.
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says what was wanted and what was found.
    public DamagedException(String message) {
        super(message);
    }
}
