package io.skyferry.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How a file is written.
///
/// @param modTime to set, where the storage keeps times
/// @param metadata further fields, where the storage keeps them
/// @param condition what must be true of the target at the moment of the effect
/// @param owner put into temporary names, so that a later run tells its own leftovers from others': letters and digits,
///     at most 16
/// @param durability when the bytes must have reached the medium
/// @param hashes what the whole content is known to hash to: a disk that made a file of parts lets it appear only if it
///     does, a bucket keeps it beside the file; a layer that changes the bytes passes none on
public record WriteOptions(
        Optional<Instant> modTime,
        Map<String, String> metadata,
        Condition condition,
        String owner,
        Durability durability,
        Map<HashType, String> hashes) {
    /// No wish at all.
    public static final WriteOptions PLAIN =
            new WriteOptions(Optional.empty(), Map.of(), new Condition.None(), "", Durability.SOON, Map.of());

    /// Makes what was given unchangeable.
    public WriteOptions {
        metadata = Map.copyOf(metadata);
        hashes = Map.copyOf(hashes);
    }

    /// What must be true of the target at the moment of the effect, else the write is refused.
    public sealed interface Condition {
        /// Anything may be there; it is replaced.
        record None() implements Condition {}

        /// Nothing may be there.
        record Absent() implements Condition {}

        /// This version must be there.
        record Matches(Version version) implements Condition {}
    }

    /// When written bytes must have reached the medium.
    public enum Durability {
        /// In the system's own time, or at [Storage#flush].
        SOON,
        /// Before the call returns: file and directory.
        NOW
    }

    /// The same options under another condition.
    public WriteOptions under(Condition other) {
        return new WriteOptions(modTime, metadata, other, owner, durability, hashes);
    }

    /// The same options with another time.
    public WriteOptions at(Instant time) {
        return new WriteOptions(Optional.of(time), metadata, condition, owner, durability, hashes);
    }

    /// The same options in another owner's name.
    public WriteOptions ownedBy(String other) {
        return new WriteOptions(modTime, metadata, condition, other, durability, hashes);
    }

    /// The same options with another durability.
    public WriteOptions with(Durability other) {
        return new WriteOptions(modTime, metadata, condition, owner, other, hashes);
    }

    /// The same options for a content that is known to hash so.
    public WriteOptions of(Map<HashType, String> known) {
        return new WriteOptions(modTime, metadata, condition, owner, durability, known);
    }
}
