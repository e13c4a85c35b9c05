package io.skyferry.crypt.content;

import java.io.IOException;

/// A content is too long for all its blocks to be known again, so it cannot be sent a second time under
/// its nonce.
public final class UnrepeatableException extends IOException {
    private static final long serialVersionUID = 1;

    /// Says from where on blocks are not known again.
    public UnrepeatableException(long block) {
        super("Want to send the content again but its blocks from %s on are not known again".formatted(block));
    }
}
