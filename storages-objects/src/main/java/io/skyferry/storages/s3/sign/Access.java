package io.skyferry.storages.s3.sign;

import java.time.Instant;
import java.util.Optional;

/// A key that opens an account.
///
/// @param keyId names the key; no secret
/// @param token of keys that last a while only
/// @param until when such a key ends, where that is known
public record Access(String keyId, String secret, Optional<String> token, Optional<Instant> until) {
    /// A key that lasts.
    public static Access lasting(String keyId, String secret) {
        return new Access(keyId, secret, Optional.empty(), Optional.empty());
    }

    /// Names the key and leaves its secrets out.
    @Override
    public String toString() {
        return "Access[%s]".formatted(keyId);
    }
}
