package io.skyferry.server.rest;

import java.time.Duration;
import java.util.Optional;

/// Somebody may not, or not now.
final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String kind;
    private final transient Optional<Duration> retryAfter;

    private AccessException(int status, String kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    static AccessException unknown(String message) {
        return new AccessException(401, "unauthenticated", message, Optional.empty());
    }

    static AccessException forbidden(String message) {
        return new AccessException(403, "forbidden", message, Optional.empty());
    }

    static AccessException tooMany(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new AccessException(
                429,
                "too_many",
                "Too many wrong tries: wait %s seconds".formatted(seconds),
                Optional.of(Duration.ofSeconds(seconds)));
    }

    static AccessException tooLarge(String message) {
        return new AccessException(413, "too_large", message, Optional.empty());
    }

    static AccessException busy(String message) {
        return new AccessException(503, "busy", message, Optional.of(Duration.ofSeconds(10)));
    }

    int status() {
        return status;
    }

    String kind() {
        return kind;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
