package io.skyferry.storages.s3.sign;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /// Asked with each signature; a record's own comparison is linked at run time, and slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Access access
                        && keyId.equals(access.keyId)
                        && secret.equals(access.secret)
                        && token.equals(access.token)
                        && until.equals(access.until));
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    /// Names the key and leaves its secrets out.
    @Override
    public String toString() {
        return "Access[%s]".formatted(keyId);
    }
}
