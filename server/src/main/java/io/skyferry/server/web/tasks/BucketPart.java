package io.skyferry.server.web.tasks;

import java.util.List;
import java.util.Optional;

/// The choice of a bucket.
///
/// @param trouble why the buckets cannot be listed; empty: they can
/// @param words what became of a new one
public record BucketPart(Optional<Long> credential, String chosen, List<String> buckets, String trouble, String words) {
    /// Makes the list unchangeable.
    public BucketPart {
        buckets = List.copyOf(buckets);
    }

    /// Whether one is chosen that is not among those listed.
    public boolean isOther() {
        return !chosen.isEmpty() && !buckets.contains(chosen);
    }
}
