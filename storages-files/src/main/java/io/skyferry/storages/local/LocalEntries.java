package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Version;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Makes entries of what looks at the disk found.
final class LocalEntries {
    private LocalEntries() {}

    static Entry.File file(RelPath path, Inode found) {
        return file(path, found, Map.of());
    }

    static Entry.File file(RelPath path, Inode found, Map<HashType, String> hashes) {
        String version = found.version();
        return new Entry.File(
                path,
                found.size(),
                new ModTime.Known(Instant.ofEpochSecond(found.modifiedSecond(), found.modifiedNano())),
                hashes,
                Optional.of(new Version(version)),
                Optional.of(new ItemId(Inode.idIn(version))),
                Optional.empty());
    }

    static Entry.Directory directory(RelPath path, Inode found) {
        return new Entry.Directory(path, Optional.of(new ItemId(found.id())));
    }

    static Entry.SpecialKind special(Kind kind) {
        return switch (kind) {
            case LINK -> Entry.SpecialKind.SYMBOLIC_LINK;
            case PIPE -> Entry.SpecialKind.PIPE;
            case SOCKET -> Entry.SpecialKind.SOCKET;
            case DEVICE, FILE, DIRECTORY, UNKNOWN -> Entry.SpecialKind.DEVICE;
        };
    }

    /// What a sentence calls it.
    static String word(Kind kind) {
        return switch (kind) {
            case FILE -> "a file";
            case DIRECTORY -> "a directory";
            case LINK -> "a symbolic link";
            case PIPE -> "a named pipe";
            case SOCKET -> "a socket";
            case DEVICE, UNKNOWN -> "a device";
        };
    }

    static Instant born(Inode found) {
        return Instant.ofEpochSecond(found.bornSecond());
    }
}
