package io.skyferry.storage;

import java.time.Instant;
import java.util.Optional;

/// What a listing says of a file's modification time.
public sealed interface ModTime {
    /// The time is known.
    ///
    /// @param at in the storage's own precision
    record Known(Instant at) implements ModTime {}

    /// The storage keeps a time, but a listing does not give it: [Storage#stat] does.
    record NotListed() implements ModTime {}

    /// The storage keeps no modification time.
    record NotKept() implements ModTime {}

    /// The time, where it is known.
    default Optional<Instant> known() {
        return this instanceof Known(Instant at) ? Optional.of(at) : Optional.empty();
    }
}
