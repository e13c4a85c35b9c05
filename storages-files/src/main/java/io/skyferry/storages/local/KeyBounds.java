package io.skyferry.storages.local;

import io.skyferry.storage.KeyRange;
import io.skyferry.storage.RelPath;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which keys a walk tells: those of a range, behind the last one told. Keys come in order, so a bound that was passed
/// is forgotten.
final class KeyBounds {
    private byte @Nullable [] from;
    private byte @Nullable [] after;
    private final byte @Nullable [] to;

    KeyBounds(KeyRange range, Optional<String> after) {
        this.from = range.from().map(RelPath::bytesOf).orElse(null);
        this.to = range.to().map(RelPath::bytesOf).orElse(null);
        this.after = after.map(RelPath::bytesOf).orElse(null);
    }

    /// Whether every key that still comes is told.
    boolean isOpen() {
        return from == null && after == null && to == null;
    }

    /// Whether this key and all that follow lie behind the range.
    boolean isPast(byte[] key, int length) {
        return to != null && compare(key, length, to) >= 0;
    }

    /// Whether this key, which is not past, is told.
    boolean holds(byte[] key, int length) {
        if (from != null && compare(key, length, from) < 0) {
            return false;
        }
        if (after != null && compare(key, length, after) <= 0) {
            return false;
        }
        from = null;
        after = null;
        return true;
    }

    /// Whether a key that begins with this directory's may be told.
    boolean mayHoldBelow(byte[] key, int length) {
        return mayReach(key, length, from) && mayReach(key, length, after);
    }

    private static boolean mayReach(byte[] key, int length, byte @Nullable [] bound) {
        return bound == null
                || compare(key, length, bound) >= 0
                || (bound.length >= length && Arrays.equals(key, 0, length, bound, 0, length));
    }

    private static int compare(byte[] key, int length, byte[] bound) {
        return Arrays.compareUnsigned(key, 0, length, bound, 0, bound.length);
    }
}
