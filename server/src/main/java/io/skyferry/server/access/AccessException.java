package io.skyferry.server.access;

import java.time.Duration;
import java.util.Optional;

/// Somebody may not, or not now.
public final class AccessException extends RuntimeException {
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

    /// Nobody known asks.
    public static AccessException unknown(String message) {
        return new AccessException(401, "unauthenticated", message, Optional.empty());
    }

    /// Somebody asks who may not.
    public static AccessException forbidden(String message) {
        return new AccessException(403, "forbidden", message, Optional.empty());
    }

    /// Somebody guessed too often.
    public static AccessException tooMany(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new AccessException(
                429,
                "too_many",
                "Too many wrong tries: wait %s seconds".formatted(seconds),
                Optional.of(Duration.ofSeconds(seconds)));
    }

    /// Too many ask at once.
    public static AccessException busy(String message) {
        return new AccessException(503, "busy", message, Optional.of(Duration.ofSeconds(10)));
    }

    /// The status of HTTP.
    public int status() {
        return status;
    }

    /// For programs.
    public String kind() {
        return kind;
    }

    /// When to try again, where that helps.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
