package io.skyferry.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a storage, or a stack of layers over one, can do. The engine asks, then plans: it never tries to see.
///
/// @param verbs the calls it takes; others are refused before they reach it
/// @param hashes those that it keeps for every file and gives in listings or by stat
public record Capabilities(
        Set<Verb> verbs,
        Set<HashType> hashes,
        ModTimes modTimes,
        Listing listing,
        Uploads uploads,
        Names names,
        Conditions conditions,
        Undo undo,
        Limits limits) {
    /// Makes the sets unchangeable.
    public Capabilities {
        verbs = Set.copyOf(verbs);
        hashes = Set.copyOf(hashes);
    }

    /// Whether a call is taken.
    public boolean can(Verb verb) {
        return verbs.contains(verb);
    }

    /// The same with other verbs, as all that follow are the same with one thing changed.
    public Capabilities withVerbs(Set<Verb> other) {
        return new Capabilities(other, hashes, modTimes, listing, uploads, names, conditions, undo, limits);
    }

    /// With other hashes.
    public Capabilities withHashes(Set<HashType> other) {
        return new Capabilities(verbs, other, modTimes, listing, uploads, names, conditions, undo, limits);
    }

    /// With times kept otherwise.
    public Capabilities with(ModTimes other) {
        return new Capabilities(verbs, hashes, other, listing, uploads, names, conditions, undo, limits);
    }

    /// With listings that come otherwise.
    public Capabilities with(Listing other) {
        return new Capabilities(verbs, hashes, modTimes, other, uploads, names, conditions, undo, limits);
    }

    /// With other rules for parts.
    public Capabilities with(Uploads other) {
        return new Capabilities(verbs, hashes, modTimes, listing, other, names, conditions, undo, limits);
    }

    /// With names told apart otherwise.
    public Capabilities with(Names other) {
        return new Capabilities(verbs, hashes, modTimes, listing, uploads, other, conditions, undo, limits);
    }

    /// With other conditions.
    public Capabilities with(Conditions other) {
        return new Capabilities(verbs, hashes, modTimes, listing, uploads, names, other, undo, limits);
    }

    /// With another way to undo.
    public Capabilities with(Undo other) {
        return new Capabilities(verbs, hashes, modTimes, listing, uploads, names, conditions, other, limits);
    }

    /// With other limits.
    public Capabilities with(Limits other) {
        return new Capabilities(verbs, hashes, modTimes, listing, uploads, names, conditions, undo, other);
    }

    /// How modification times are kept.
    ///
    /// @param precision the smallest step between two times
    public record ModTimes(Keeping keeping, Duration precision) {}

    /// How a modification time is kept.
    public enum Keeping {
        /// As a property of its own.
        NATIVE,
        /// In a field of ours beside the content; setting it may mean writing the file again.
        IN_METADATA,
        /// Not at all.
        NOT_KEPT
    }

    /// How listings come.
    ///
    /// @param recursive whether a whole tree comes at once, [ListRequest.Depth#TREE]
    /// @param emptyDirectories whether directories that hold nothing exist
    /// @param consistent whether a listing shows all that was written before it began
    /// @param ranges whether a [KeyRange] of a whole tree is gone to at once, so that several cost no more than the
    ///     tree, and whatever else the storage keeps apart they hold each key once
    public record Listing(
            boolean recursive, boolean emptyDirectories, Order order, boolean consistent, boolean ranges) {
        /// Ranges are looked for in the whole.
        public Listing(boolean recursive, boolean emptyDirectories, Order order, boolean consistent) {
            this(recursive, emptyDirectories, order, consistent, false);
        }
    }

    /// In which order a listing comes.
    public enum Order {
        /// By the key's UTF-8 bytes.
        UTF8_BYTES,
        /// In none that can be relied on.
        NONE
    }

    /// How uploads in parts work.
    ///
    /// @param minPart smallest size of a part but the last, in bytes
    /// @param maxPart largest size of a part, in bytes
    /// @param alignment every part but the last is a multiple of this
    /// @param equalParts all parts but the last must be of one size
    /// @param keptFor how long an unfinished upload is kept
    public record Uploads(
            Parts parts,
            long minPart,
            long maxPart,
            long alignment,
            boolean equalParts,
            int maxParts,
            Duration keptFor) {
        /// No uploads in parts.
        public static final Uploads NONE = new Uploads(Parts.NONE, 1, Long.MAX_VALUE, 1, false, 1, Duration.ZERO);
    }

    /// How parts may be sent.
    public enum Parts {
        /// Not at all.
        NONE,
        /// One after the other.
        SEQUENTIAL,
        /// Several at once, in any order.
        PARALLEL
    }

    /// How names are told apart.
    ///
    /// @param caseSensitive whether `A` and `a` are two files
    /// @param keepsUnicodeForm whether composed and decomposed spellings are two files
    public record Names(boolean caseSensitive, boolean keepsUnicodeForm) {
        /// Names are bytes.
        public static final Names EXACT = new Names(true, true);
    }

    /// Which conditions hold at the moment of the effect.
    ///
    /// @param onWrite those that [Storage#write] and [Storage#finishUpload] keep
    /// @param onDelete whether a delete takes only the version that was seen
    public record Conditions(Set<ConditionKind> onWrite, boolean onDelete) {
        /// Makes the set unchangeable.
        public Conditions {
            onWrite = Set.copyOf(onWrite);
        }
    }

    /// The kinds of [WriteOptions.Condition] that can be kept.
    public enum ConditionKind {
        /// [WriteOptions.Condition.Absent].
        ABSENT,
        /// [WriteOptions.Condition.Matches].
        MATCHES
    }

    /// How a delete or replacement can be undone at the storage.
    public enum Undo {
        /// It cannot.
        NONE,
        /// Older versions are kept.
        VERSIONS,
        /// Deleted files go to a trash.
        TRASH
    }

    /// How large things may be.
    ///
    /// @param maxPathBytes of the whole path
    /// @param paths what else is asked of a path
    public record Limits(long maxFileBytes, int maxPathBytes, PathRule paths) {
        /// No limit that is known.
        public static final Limits NONE = new Limits(Long.MAX_VALUE, Integer.MAX_VALUE);

        /// No more is asked of a path than its length.
        public Limits(long maxFileBytes, int maxPathBytes) {
            this(maxFileBytes, maxPathBytes, PathRule.ANY);
        }

        /// Why a file cannot be stored under this path, as far as that can be told without asking the
        /// place; empty where nothing is known against it.
        public Optional<String> refusal(RelPath path) {
            // A char is at most three bytes: most paths are short enough at one glance.
            if (path.text().length() > maxPathBytes / 3 && path.bytes().length > maxPathBytes) {
                return Optional.of(
                        "Want a path of at most %s bytes but have %s".formatted(maxPathBytes, path.bytes().length));
            }
            return paths.refusal(path);
        }
    }

    /// What a place asks of a path that no number says: the length of each name, that of names once
    /// encrypted.
    @FunctionalInterface
    public interface PathRule {
        /// Takes every path.
        PathRule ANY = path -> Optional.empty();

        /// Why a file cannot be stored under this path: what was wanted, what was found.
        Optional<String> refusal(RelPath path);
    }
}
