package io.skyferry.filter;

import io.skyferry.limits.ByteSize;
import io.skyferry.storage.Entry;
import java.time.Instant;
import java.util.Optional;

/// What a file's size and modification time may be; all bounds belong to what is selected.
///
/// @param notBefore from `--max-age`
/// @param notAfter from `--min-age`
record Bounds(
        Optional<ByteSize> minSize,
        Optional<ByteSize> maxSize,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter) {
    /// None at all.
    static final Bounds OPEN = new Bounds(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean isOpen() {
        return minSize.isEmpty() && maxSize.isEmpty() && !asksForTimes();
    }

    private boolean asksForTimes() {
        return notBefore.isPresent() || notAfter.isPresent();
    }

    boolean hold(Entry.File file) {
        return isOpen() || refusal(file).isEmpty();
    }

    /// Whether only its time can keep a file out of the bounds.
    boolean hangOnTime(Entry.File file) {
        return asksForTimes() && sizeRefusal(file).isEmpty();
    }

    /// Why a file is not within the bounds; empty if it is.
    Optional<Verdict> refusal(Entry.File file) {
        return ageRefusal(file).or(() -> sizeRefusal(file));
    }

    private Optional<Verdict> ageRefusal(Entry.File file) {
        if (!asksForTimes()) {
            return Optional.empty();
        }
        Optional<Instant> known = file.modTime().known();
        if (known.isEmpty()) {
            return refused(Verdict.Cause.AGE, "its modification time is not known");
        }
        Instant at = known.orElseThrow();
        if (notBefore.isPresent() && at.isBefore(notBefore.orElseThrow())) {
            return refused(
                    Verdict.Cause.AGE, "changed %s, before %s (--max-age)".formatted(at, notBefore.orElseThrow()));
        }
        if (notAfter.isPresent() && at.isAfter(notAfter.orElseThrow())) {
            return refused(Verdict.Cause.AGE, "changed %s, after %s (--min-age)".formatted(at, notAfter.orElseThrow()));
        }
        return Optional.empty();
    }

    /// A file of unknown size counts as smaller than any, as in rclone.
    private Optional<Verdict> sizeRefusal(Entry.File file) {
        if (minSize.isPresent() && file.size() < minSize.orElseThrow().bytes()) {
            return refused(Verdict.Cause.SIZE, sizeReason(file, "less than %s (--min-size)", minSize.orElseThrow()));
        }
        if (maxSize.isPresent() && file.size() > maxSize.orElseThrow().bytes()) {
            return refused(Verdict.Cause.SIZE, sizeReason(file, "more than %s (--max-size)", maxSize.orElseThrow()));
        }
        return Optional.empty();
    }

    private static String sizeReason(Entry.File file, String relation, ByteSize bound) {
        String size = file.size() == Entry.File.UNKNOWN_SIZE ? "of unknown size" : "of %s bytes".formatted(file.size());
        return size + ", " + relation.formatted(bound);
    }

    private static Optional<Verdict> refused(Verdict.Cause cause, String why) {
        return Optional.of(Verdict.leftOut(cause, why));
    }
}
