package io.skyferry.storages.local;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.LocalSettings.SymbolicLinks;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Segments;
import org.jspecify.annotations.Nullable;

/// The root folder, held open from its first use, and the ways below it.
final class LocalRoot implements AutoCloseable {
    private final LocalSettings settings;
    private final Disk disk;
    private final LocalErrors errors;
    private @Nullable Folder open;
    private boolean closed;

    LocalRoot(LocalSettings settings, Disk disk) {
        this.settings = settings;
        this.disk = disk;
        this.errors = new LocalErrors("local:".concat(settings.path()));
    }

    LocalSettings settings() {
        return settings;
    }

    Disk disk() {
        return disk;
    }

    LocalErrors errors() {
        return errors;
    }

    /// The root as it is there.
    ///
    /// @throws DiskException `NOT_FOUND` while it is not
    synchronized Folder folder() throws DiskException {
        if (closed) {
            throw new IllegalStateException("The storage %s is closed".formatted(settings.path()));
        }
        Folder known = open;
        if (known == null) {
            known = disk.open(settings.pathBytes());
            open = known;
        }
        return known;
    }

    /// The root, made where it is missing.
    synchronized Folder made() throws DiskException {
        if (open == null) {
            try {
                return folder();
            } catch (DiskException missing) {
                if (missing.fault() != Fault.NOT_FOUND) {
                    throw missing;
                }
                disk.makeDirectories(settings.pathBytes());
            }
        }
        return folder();
    }

    /// The root, or the nearest directory above where it will lie; for the caller to close.
    Folder nearest() throws DiskException {
        byte[] path = settings.pathBytes();
        while (true) {
            try {
                return disk.open(path.length == 0 ? new byte[] {'/'} : path);
            } catch (DiskException missing) {
                if (missing.fault() != Fault.NOT_FOUND || path.length == 0) {
                    throw missing;
                }
            }
            path = Segments.parent(path);
        }
    }

    /// How reads treat links on their way.
    Links readLinks() {
        return settings.links() == SymbolicLinks.FOLLOW ? Links.FOLLOW : Links.REFUSE;
    }

    /// Whether this path stands for a symbolic link.
    boolean isLinkText(RelPath path) {
        return settings.links() == SymbolicLinks.TEXT && LinkText.isLink(path);
    }

    /// The directory, made with those above it where they are missing.
    ///
    /// @param told what the call is about
    Folder makeDirectories(RelPath directory, Verb verb, RelPath told) {
        try {
            return makeDirectories(directory.bytes());
        } catch (DiskException refused) {
            throw notADirectory(refused, verb, told);
        }
    }

    private StorageException notADirectory(DiskException refused, Verb verb, RelPath told) {
        return switch (refused.fault()) {
            case NOT_A_DIRECTORY ->
                errors.of(ErrorKind.NOT_A_DIRECTORY, verb, told, "A file stands where a directory is wanted")
                        .causedBy(refused);
            case LINK_IN_THE_WAY ->
                errors.of(
                                ErrorKind.NOT_A_DIRECTORY,
                                verb,
                                told,
                                "A symbolic link stands where a directory is wanted, and no write goes through one")
                        .causedBy(refused);
            default -> errors.of(refused, verb, told);
        };
    }

    private Folder makeDirectories(byte[] path) throws DiskException {
        Folder top = made();
        try {
            return top.enter(path, Links.REFUSE);
        } catch (DiskException missing) {
            if (missing.fault() != Fault.NOT_FOUND) {
                throw missing;
            }
        }
        Folder at = top.enter(new byte[0], Links.REFUSE);
        try {
            for (int from = 0; from < path.length; ) {
                int end = Segments.end(path, from);
                byte[] name = Segments.cut(path, from, end);
                at.makeDirectory(name);
                Folder next = at.enter(name, Links.REFUSE);
                at.close();
                at = next;
                from = end + 1;
            }
            return at;
        } catch (DiskException refused) {
            at.close();
            throw refused;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
