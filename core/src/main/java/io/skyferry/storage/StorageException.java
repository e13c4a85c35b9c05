package io.skyferry.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The only failure of a [Storage].
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorKind kind;
    private final Effect effect;
    private final transient Where where;
    private final @Nullable Duration retryAfter;

    /// Whether the call that failed may have changed something.
    public enum Effect {
        /// Nothing was changed: the call may always be made again.
        NONE,
        /// Nobody knows.
        UNKNOWN
    }

    /// Which call failed.
    ///
    /// @param storage the display name
    /// @param path what the call was about
    public record Where(String storage, Verb verb, RelPath path) {}

    private StorageException(
            ErrorKind kind,
            Effect effect,
            Where where,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.effect = effect;
        this.where = where;
        this.retryAfter = retryAfter;
    }

    /// A failure that changed nothing.
    ///
    /// @param message one sentence for the user: what was wanted, what was found; never a secret
    public static StorageException noEffect(ErrorKind kind, Where where, String message) {
        return new StorageException(kind, Effect.NONE, where, message, null, null);
    }

    /// A failure that may have changed something.
    public static StorageException unknownEffect(ErrorKind kind, Where where, String message) {
        return new StorageException(kind, Effect.UNKNOWN, where, message, null, null);
    }

    /// What a stream threw, as the storage's own failure if it carries one.
    public static StorageException inStream(IOException failure) {
        return failure.getCause() instanceof StorageException ours
                ? ours
                : unknownEffect(
                                ErrorKind.UNEXPECTED,
                                new Where("stream", Verb.READ, RelPath.ROOT),
                                String.valueOf(failure.getMessage()))
                        .causedBy(failure);
    }

    /// The same failure with its cause.
    public StorageException causedBy(Throwable cause) {
        return new StorageException(kind, effect, where, message(), retryAfter, cause);
    }

    /// The same failure, not to be tried again before.
    public StorageException retryAfter(Duration wait) {
        return new StorageException(kind, effect, where, message(), wait, getCause());
    }

    /// The same failure told of another place, as layers do that rewrite names.
    public StorageException at(Where other) {
        var moved = new StorageException(kind, effect, other, message(), retryAfter, getCause());
        moved.setStackTrace(getStackTrace());
        return moved;
    }

    private String message() {
        return String.valueOf(getMessage());
    }

    /// What kind of trouble it was.
    public ErrorKind kind() {
        return kind;
    }

    /// Whether something may have changed.
    public Effect effect() {
        return effect;
    }

    /// Which call failed.
    public Where where() {
        return where;
    }

    /// How long the storage asked to wait.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// This failure for a stream's reader.
    public IOException asIo() {
        return new IOException(message(), this);
    }
}
