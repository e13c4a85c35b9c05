package io.skyferry.storages.s3.sign;

import java.time.Instant;

/// Puts a signature into a request.
public interface Signer {
    /// Adds the headers that prove who asks.
    ///
    /// @param now by the server's clock
    void sign(Draft draft, Access access, Instant now);

    /// For places that are open to everybody.
    static Signer none() {
        return (draft, access, now) -> {};
    }
}
