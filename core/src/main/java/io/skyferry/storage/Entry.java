package io.skyferry.storage;

import java.util.Map;
import java.util.Optional;

/// What a listing finds at one place.
public sealed interface Entry {
    /// Where it is; for an entry that cannot be named, the nearest directory that can.
    RelPath path();

    /// A file with content.
    ///
    /// @param size in bytes, [#UNKNOWN_SIZE] for exports whose size nobody knows before the end
    /// @param hashes those that the listing gave, as lower-case hexadecimal text
    /// @param version what tells this content from any other that was or will be there
    /// @param id what a rename keeps
    /// @param seal what a layer wants remembered
    record File(
            RelPath path,
            long size,
            ModTime modTime,
            Map<HashType, String> hashes,
            Optional<Version> version,
            Optional<ItemId> id,
            Optional<Seal> seal)
            implements Entry {
        /// Sizes are summed in hot loops, so this one absence is a number.
        public static final long UNKNOWN_SIZE = -1;

        /// Makes the hashes unchangeable.
        public File {
            hashes = Map.copyOf(hashes);
        }

        /// The same file seen under another path, as layers do that rewrite names.
        public File at(RelPath other) {
            return new File(other, size, modTime, hashes, version, id, seal);
        }

        /// The same file with what is known of its time now.
        public File withModTime(ModTime other) {
            return new File(path, size, other, hashes, version, id, seal);
        }

        /// The same file with what a layer wants remembered.
        public File withSeal(Optional<Seal> other) {
            return new File(path, size, modTime, hashes, version, id, other);
        }
    }

    /// A directory; storages without directories make them up from the keys below them.
    record Directory(RelPath path, Optional<ItemId> id) implements Entry {}

    /// Listed, but it cannot be stored elsewhere under its name: a key `a//b` or `../x`, a name that no key decrypts.
    ///
    /// @param path the nearest directory that can be named
    /// @param rawName the name as the storage gave it
    /// @param foreign no key of ours opens it: such an entry holds back deletes
    record Unusable(RelPath path, String rawName, String reason, boolean foreign) implements Entry {}

    /// Neither file nor directory, and left alone: a symbolic link that is not followed, a socket, a device.
    record Special(RelPath path, SpecialKind kind) implements Entry {}

    /// A directory whose content could not be listed, so that nothing may be inferred from absence below it.
    record Unlisted(RelPath path, ErrorKind kind, String reason) implements Entry {}

    /// Something of our own that an interrupted run left: a temporary file. Never part of what is kept in step.
    ///
    /// @param owner who made it, as its [WriteOptions#owner] said
    record Leftover(RelPath path, String owner, PendingUpload upload) implements Entry {}

    /// What a [Special] entry is.
    enum SpecialKind {
        /// A symbolic link that is not followed.
        SYMBOLIC_LINK("symbolic link that is not followed"),
        /// A named pipe.
        PIPE("named pipe"),
        /// A socket.
        SOCKET("socket"),
        /// A block or character device.
        DEVICE("device");

        private final String words;

        SpecialKind(String words) {
            this.words = words;
        }

        /// How a person calls it.
        public String words() {
            return words;
        }
    }
}
