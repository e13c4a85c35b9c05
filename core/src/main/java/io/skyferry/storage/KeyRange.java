package io.skyferry.storage;

import java.util.Optional;

/// A stretch of keys in byte order.
///
/// @param from the first key, inclusive; empty: from the start
/// @param to the key behind the last; empty: to the end
public record KeyRange(Optional<String> from, Optional<String> to) {
    /// Every key.
    public static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /// Whether this is the same stretch. For hot places: a record's own comparison is linked at run time.
    public boolean isAs(KeyRange other) {
        return from.equals(other.from) && to.equals(other.to);
    }

    /// Whether the key lies in the range. Asked of each key of a listing, so without lambdas that hold something.
    public boolean holds(String key) {
        return (from.isEmpty() || RelPath.compareTexts(from.orElseThrow(), key) <= 0)
                && (to.isEmpty() || RelPath.compareTexts(key, to.orElseThrow()) < 0);
    }
}
