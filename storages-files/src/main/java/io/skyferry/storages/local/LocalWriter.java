package io.skyferry.storages.local;

import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Durability;
import io.skyferry.storages.local.LocalSettings.Fsync;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Links;
import java.time.Instant;
import java.util.Optional;

/// Stores files: beside the target under a name of ours, then by a rename under the condition asked for.
final class LocalWriter {
    private static final int LONGEST_NAME = 255;
    private static final int USUAL = 0666;
    private static final int OWNER_ONLY = 0600;
    private static final int NAME_TRIES = 64;
    /// A directory that was removed or moved meanwhile is made again; more often than this it is somebody's game.
    private static final int PLACE_TRIES = 3;

    private final LocalRoot root;
    private final FolderCache folders;
    private final Copier copier;
    private final Publisher publisher;

    LocalWriter(LocalRoot root, FolderCache folders, Copier copier, Publisher publisher) {
        this.root = root;
        this.folders = folders;
        this.copier = copier;
        this.publisher = publisher;
    }

    /// Stores a content.
    ///
    /// @param verb in whose name: a write or a copy
    Entry.File write(RelPath file, Content content, WriteOptions options, Verb verb) {
        expectName(file, verb);
        for (int tried = 1; ; tried++) {
            Optional<Entry.File> written = tryWrite(file, content, options, verb, tried == PLACE_TRIES);
            if (written.isPresent()) {
                return written.orElseThrow();
            }
        }
    }

    /// Refuses what can never be the name of a file here.
    void expectName(RelPath file, Verb verb) {
        byte[] name = RelPath.bytesOf(file.name());
        String fault = "";
        if (file.isRoot()) {
            fault = "The root is a directory";
        } else if (name.length > LONGEST_NAME) {
            fault = "Want a name of at most %s bytes but have %s".formatted(LONGEST_NAME, name.length);
        } else if (TempName.parse(name).isPresent()) {
            fault = "Names like this are Skyferry's own for files that are not finished";
        }
        if (!fault.isEmpty()) {
            throw root.errors().of(ErrorKind.NAME_REJECTED, verb, file, fault);
        }
    }

    private Optional<Entry.File> tryWrite(
            RelPath file, Content content, WriteOptions options, Verb verb, boolean isLast) {
        try (FolderCache.Lease lease = folders.lease(file.parent(), verb, file)) {
            try {
                return Optional.of(write(lease.folder(), file, content, options, verb));
            } catch (DiskException refused) {
                if (refused.fault() == Fault.NOT_FOUND) {
                    lease.spoil();
                    if (!isLast) {
                        return Optional.empty();
                    }
                }
                throw root.errors().of(refused, verb, file);
            } catch (MovedAway moved) {
                lease.spoil();
                throw StorageException.unknownEffect(
                                ErrorKind.UNAVAILABLE,
                                root.errors().where(verb, file),
                                "'%s': Its directory was moved while it was written".formatted(file.text()))
                        .causedBy(moved);
            }
        }
    }

    private Entry.File write(Folder folder, RelPath file, Content content, WriteOptions options, Verb verb)
            throws DiskException, MovedAway {
        byte[] name = RelPath.bytesOf(file.name());
        Publication publication = publisher.begin(folder, file, name, options, verb);
        publication.lookBefore(content.size());
        Draft draft = draft(folder, name, options, publication.replaced());
        boolean published = false;
        try (DiskFile temp = draft.file()) {
            Copied copied = copier.copyAll(content, temp, root.errors().where(verb, file));
            Inode made = finish(temp, options, publication.replaced());
            if (made.size() != copied.bytes()) {
                throw new DiskException(
                        Fault.TROUBLE, "Want %s bytes on the disk but have %s".formatted(copied.bytes(), made.size()));
            }
            published = publication.publish(draft.name(), made, copied);
            if (!published && isNow(options)) {
                syncStanding(folder, name);
            }
            Inode now = publisher.expectInPlace(folder, file, made, publication.result());
            if (isNow(options)) {
                folder.sync();
            }
            return LocalEntries.file(file, now, publication.copied().hashes());
        } finally {
            if (!published && publication.ownsTemp()) {
                removeQuietly(folder, draft.name());
            }
        }
    }

    /// What stood there already may come of a try that did not wait for the medium.
    private static void syncStanding(Folder folder, byte[] name) throws DiskException {
        try (DiskFile standing = folder.open(name, Links.REFUSE)) {
            standing.sync();
        }
    }

    /// Everything but the name: time, permissions, and the medium where that is asked for.
    Inode finish(DiskFile temp, WriteOptions options, Optional<Inode> replaced) throws DiskException {
        if (replaced.isPresent()) {
            temp.adopt(replaced.orElseThrow());
        }
        if (options.modTime().isPresent()) {
            Instant time = options.modTime().orElseThrow();
            temp.setTime(time.getEpochSecond(), time.getNano());
        }
        if (isNow(options)) {
            temp.sync();
        } else {
            temp.settle();
        }
        Inode made = new Inode();
        temp.look(made);
        return made;
    }

    boolean isNow(WriteOptions options) {
        return options.durability() == Durability.NOW || root.settings().fsync() == Fsync.EACH;
    }

    /// What replaces a file that only its owner may read must not be readable by others while it is written.
    private Draft draft(Folder folder, byte[] name, WriteOptions options, Optional<Inode> replaced)
            throws DiskException {
        int permissions = replaced.isPresent() ? OWNER_ONLY : USUAL;
        return draft(folder, TempName.of(options.owner(), name), permissions);
    }

    /// A new file under a name of ours.
    Draft draft(Folder folder, TempName pattern, int permissions) throws DiskException {
        for (int tried = 1; ; tried++) {
            byte[] temp = pattern.fresh();
            try {
                return new Draft(temp, folder.create(temp, permissions));
            } catch (DiskException refused) {
                if (refused.fault() != Fault.EXISTS || tried == NAME_TRIES) {
                    throw refused;
                }
            }
        }
    }

    /// A file on its way.
    static final class Draft {
        private final byte[] name;
        private final DiskFile file;

        Draft(byte[] name, DiskFile file) {
            this.name = name;
            this.file = file;
        }

        byte[] name() {
            return name;
        }

        DiskFile file() {
            return file;
        }
    }

    static void removeQuietly(Folder folder, byte[] name) {
        try {
            folder.remove(name);
        } catch (DiskException leftBehind) {
            // The failure that led here is told; what stays is recognised by its name and cleaned by a later run.
            System.getLogger(LocalWriter.class.getName())
                    .log(System.Logger.Level.DEBUG, "A temporary file stays behind", leftBehind);
        }
    }
}
