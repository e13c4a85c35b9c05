package io.skyferry.storages.s3;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Version;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.S3Family.Conditional;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// What must be true of a file that is to be replaced: asked of the server where it keeps that at the moment of the
/// effect, and looked at before where it does not.
final class S3Conditions {
    private final S3Place place;
    private final AtomicBoolean refused = new AtomicBoolean();

    S3Conditions(S3Place place) {
        this.place = place;
    }

    /// Which request makes the file.
    enum Making {
        /// It is written at once.
        WRITE,
        /// It is made of parts.
        PARTS
    }

    private Conditional conditional() {
        return refused.get() ? Conditional.NONE : place.settings().conditional();
    }

    private boolean isAsked(Making making) {
        return switch (conditional()) {
            case EVERYWHERE, UNKNOWN -> true;
            case ON_WRITE, ON_WRITE_BARE -> making == Making.WRITE;
            case NONE -> false;
        };
    }

    private boolean isKept(Making making) {
        return isAsked(making) && conditional() != Conditional.UNKNOWN;
    }

    /// The headers that ask for it.
    Map<String, String> headers(Condition condition, Making making) {
        if (!isAsked(making)) {
            return Map.of();
        }
        return switch (condition) {
            case Condition.None _ -> Map.of();
            case Condition.Absent _ -> Map.of("if-none-match", "*");
            case Condition.Matches(Version version) -> Map.of("if-match", tag(S3Place.etagOf(version)));
        };
    }

    private String tag(String etag) {
        return conditional() == Conditional.ON_WRITE_BARE ? etag : S3Place.quoted(etag);
    }

    /// What a look says against it, where the server would not keep it.
    ///
    /// @return what is there, where that is in the way
    Optional<S3Head> inTheWay(Condition condition, Making making, String key, Where where) {
        if (condition instanceof Condition.None || isKept(making)) {
            return Optional.empty();
        }
        Optional<S3Head> now = place.api().head(key, where);
        if (condition instanceof Condition.Matches && now.isEmpty()) {
            throw refusal(condition, where);
        }
        return holds(condition, now) ? Optional.empty() : now;
    }

    static boolean holds(Condition condition, Optional<S3Head> now) {
        return switch (condition) {
            case Condition.None _ -> true;
            case Condition.Absent _ -> now.isEmpty();
            case Condition.Matches(Version version) ->
                now.map(head -> head.etag().equals(S3Place.etagOf(version))).orElse(false);
        };
    }

    /// Whether a failure says that the condition did not hold.
    static boolean isRefusal(Condition condition, StorageException failure) {
        return switch (condition) {
            case Condition.None _ -> false;
            case Condition.Absent _ -> failure.kind() == ErrorKind.PRECONDITION_FAILED;
            case Condition.Matches _ ->
                failure.kind() == ErrorKind.PRECONDITION_FAILED || failure.kind() == ErrorKind.NOT_FOUND;
        };
    }

    /// Whether a server turned out to know no conditions: the same is to be asked again without.
    boolean areUnknown(Condition condition, StorageException failure) {
        return !(condition instanceof Condition.None)
                && failure.kind() == ErrorKind.UNSUPPORTED
                && refused.compareAndSet(false, true);
    }

    /// Whether a server of which nothing is known refused what a look shows to hold: the same is to be asked again
    /// without. Some compare tags in a way of their own.
    boolean areMisread(Condition condition, StorageException failure, String key, Where where) {
        return condition instanceof Condition.Matches
                && failure.kind() == ErrorKind.PRECONDITION_FAILED
                && conditional() == Conditional.UNKNOWN
                && holds(condition, place.api().head(key, where))
                && refused.compareAndSet(false, true);
    }

    StorageException refusal(Condition condition, Where where) {
        return condition instanceof Condition.Absent
                ? place.refusal(ErrorKind.ALREADY_EXISTS, where, "Want nothing there but a file is")
                : place.refusal(ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but have another");
    }
}
