package io.skyferry.control.credential;

import io.skyferry.control.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Until when a token can be used, as far as it tells.
///
/// Source: RFC 6749, sections 5.1 and 6, in the form in which rclone keeps a token: `expiry` is when it ends, and
/// with a `refresh_token` it is renewed, so that its end matters to nobody.
final class TokenExpiry {
    private TokenExpiry() {}

    /// @param secret any secret; what is no token tells nothing
    static Optional<Instant> of(String secret) {
        if (!secret.startsWith("{")) {
            return Optional.empty();
        }
        try {
            if (JsonValue.parse(secret) instanceof JsonValue.Members token
                    && text(token, "refresh_token").isEmpty()
                    && !text(token, "expiry").isEmpty()) {
                return Optional.of(OffsetDateTime.parse(text(token, "expiry")).toInstant());
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException noToken) {
            // A secret in braces that is no token: it says nothing about an end.
            return Optional.empty();
        }
    }

    private static String text(JsonValue.Members token, String name) {
        return token.get(name).orElse(JsonValue.of("")) instanceof JsonValue.Text(String value) ? value : "";
    }
}
