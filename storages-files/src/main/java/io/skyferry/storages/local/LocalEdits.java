package io.skyferry.storages.local;

import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Renaming;
import io.skyferry.storages.local.disk.Segments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves, deletes and changes what was seen, and nothing else.
final class LocalEdits {
    private final LocalRoot root;
    private final FolderCache folders;
    private final Publisher publisher;

    LocalEdits(LocalRoot root, FolderCache folders, Publisher publisher) {
        this.root = root;
        this.folders = folders;
        this.publisher = publisher;
    }

    /// Where an entry stands on the disk: a link's text stands for the link.
    private byte[] place(RelPath path) {
        return root.isLinkText(path) ? LinkText.plain(path.bytes()) : path.bytes();
    }

    private static Optional<Folder> parent(LocalRoot root, byte[] path) throws DiskException {
        try {
            return Optional.of(root.folder().enter(Segments.parent(path), Links.REFUSE));
        } catch (DiskException missing) {
            return switch (missing.fault()) {
                case NOT_FOUND, NOT_A_DIRECTORY -> Optional.empty();
                default -> throw missing;
            };
        }
    }

    Removal delete(Entry.File seen) {
        byte[] path = place(seen.path());
        try {
            Optional<Folder> folder = parent(root, path);
            if (folder.isEmpty()) {
                return new Removal.Missing();
            }
            try (Folder open = folder.orElseThrow()) {
                return delete(open, seen);
            }
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.DELETE, seen.path());
        }
    }

    private Removal delete(Folder folder, Entry.File seen) throws DiskException {
        return delete(folder, Segments.name(place(seen.path())), seen);
    }

    /// Looks, then removes at once. Moving it aside first would close the gap between the two, but a crash there would
    /// leave somebody's file under a name that is cleaned away.
    private Removal delete(Folder folder, byte[] name, Entry.File seen) throws DiskException {
        Inode found = new Inode();
        if (!folder.look(name, linksOf(seen), found)) {
            return new Removal.Missing();
        }
        expectSeen(found, seen, Verb.DELETE);
        return folder.remove(name) ? new Removal.Gone() : new Removal.Missing();
    }

    /// Where links are followed, what was seen is what one leads to.
    private Links linksOf(Entry.File seen) {
        return root.isLinkText(seen.path()) ? Links.REFUSE : root.readLinks();
    }

    private void expectSeen(Inode found, Entry.File seen, Verb verb) {
        Kind expected = root.isLinkText(seen.path()) ? Kind.LINK : Kind.FILE;
        boolean same = found.kind() == expected
                && seen.version()
                        .map(version -> version.text().equals(found.version()))
                        .orElse(found.size() == seen.size());
        if (!same) {
            throw notSeen(seen.path(), verb);
        }
    }

    private StorageException notSeen(RelPath path, Verb verb) {
        return root.errors().of(ErrorKind.PRECONDITION_FAILED, verb, path, "It is not what was seen");
    }

    /// The directory of files that follow one another is opened once.
    List<DeleteResult> deleteAll(List<Entry.File> seen) {
        List<DeleteResult> results = new ArrayList<>(seen.size());
        for (int from = 0; from < seen.size(); ) {
            RelPath directory = seen.get(from).path().parent();
            int to = from + 1;
            while (to < seen.size() && seen.get(to).path().parent().equals(directory)) {
                to++;
            }
            deleteFrom(seen.subList(from, to), results);
            from = to;
        }
        return results;
    }

    private void deleteFrom(List<Entry.File> siblings, List<DeleteResult> results) {
        Optional<Folder> folder;
        try {
            folder = parent(root, place(siblings.getFirst().path()));
        } catch (DiskException refused) {
            for (Entry.File file : siblings) {
                results.add(new DeleteResult.Refused(file, root.errors().of(refused, Verb.DELETE, file.path())));
            }
            return;
        }
        for (Entry.File file : siblings) {
            results.add(
                    folder.isEmpty()
                            ? new DeleteResult.Removed(file, new Removal.Missing())
                            : tryDelete(folder.orElseThrow(), file));
        }
        folder.ifPresent(Folder::close);
    }

    private DeleteResult tryDelete(Folder folder, Entry.File file) {
        try {
            return new DeleteResult.Removed(file, delete(folder, file));
        } catch (StorageException refused) {
            return new DeleteResult.Refused(file, refused);
        } catch (DiskException refused) {
            return new DeleteResult.Refused(file, root.errors().of(refused, Verb.DELETE, file.path()));
        }
    }

    Entry.File move(Entry.File seen, RelPath to) {
        byte[] from = place(seen.path());
        byte[] into = place(to);
        if (root.isLinkText(seen.path()) != root.isLinkText(to)) {
            throw root.errors()
                    .of(
                            ErrorKind.NAME_REJECTED,
                            Verb.MOVE,
                            seen.path(),
                            "A symbolic link and a file are not named alike");
        }
        try (FolderCache.Lease target = folders.lease(to.parent(), Verb.MOVE, seen.path())) {
            Optional<Folder> folder = parent(root, from);
            if (folder.isEmpty()) {
                return movedBefore(seen, target.folder(), to, Segments.name(into));
            }
            try (Folder open = folder.orElseThrow()) {
                return move(open, Segments.name(from), seen, target.folder(), Segments.name(into), to);
            }
        } catch (DiskException refused) {
            if (refused.fault() == Fault.EXISTS) {
                throw root.errors()
                        .of(
                                ErrorKind.ALREADY_EXISTS,
                                Verb.MOVE,
                                seen.path(),
                                "Something is at '%s' already".formatted(to.text()))
                        .causedBy(refused);
            }
            throw root.errors().of(refused, Verb.MOVE, seen.path());
        }
    }

    private Entry.File move(Folder folder, byte[] name, Entry.File seen, Folder target, byte[] newName, RelPath to)
            throws DiskException {
        Inode found = new Inode();
        if (!folder.look(name, Links.REFUSE, found)) {
            return movedBefore(seen, target, to, newName);
        }
        expectSeen(found, seen, Verb.MOVE);
        folder.rename(name, target, newName, Renaming.KEEP);
        Inode moved = new Inode();
        if (!target.look(newName, Links.REFUSE, moved) || !moved.isSameContentAs(found)) {
            // Somebody was faster: theirs goes back to where they put it.
            target.rename(newName, folder, name, Renaming.KEEP);
            throw notSeen(seen.path(), Verb.MOVE);
        }
        return LocalEntries.file(to, moved);
    }

    /// An earlier try of this very move may have succeeded: then the file that was seen stands at its new place.
    private Entry.File movedBefore(Entry.File seen, Folder target, RelPath to, byte[] newName) throws DiskException {
        Inode found = new Inode();
        boolean isOurs = target.look(newName, Links.REFUSE, found)
                && seen.id().isPresent()
                && seen.id().orElseThrow().text().equals(found.id())
                && found.size() == seen.size()
                && seen.modTime()
                        .known()
                        .equals(LocalEntries.file(to, found).modTime().known());
        if (isOurs) {
            return LocalEntries.file(to, found);
        }
        throw root.errors().of(ErrorKind.NOT_FOUND, Verb.MOVE, seen.path(), "Nothing is there any more");
    }

    void makeDirectory(RelPath directory) {
        root.makeDirectories(directory, Verb.MAKE_DIRECTORY, directory).close();
    }

    void removeDirectory(RelPath directory) {
        if (directory.isRoot()) {
            throw root.errors()
                    .of(ErrorKind.FORBIDDEN, Verb.REMOVE_DIRECTORY, directory, "The root itself is never removed");
        }
        folders.forget(directory);
        byte[] path = directory.bytes();
        try {
            Optional<Folder> folder = parent(root, path);
            if (folder.isEmpty()) {
                return;
            }
            try (Folder open = folder.orElseThrow()) {
                open.removeDirectory(Segments.name(path));
            }
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.REMOVE_DIRECTORY, directory);
        }
    }

    Entry.File setModTime(Entry.File seen, Instant modTime) {
        byte[] path = place(seen.path());
        try {
            Optional<Folder> folder = parent(root, path);
            if (folder.isEmpty()) {
                throw root.errors().of(ErrorKind.NOT_FOUND, Verb.SET_MOD_TIME, seen.path(), "No such file");
            }
            try (Folder open = folder.orElseThrow()) {
                return setModTime(open, Segments.name(path), seen, modTime);
            }
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.SET_MOD_TIME, seen.path());
        }
    }

    private Entry.File setModTime(Folder folder, byte[] name, Entry.File seen, Instant modTime) throws DiskException {
        Inode found = new Inode();
        if (!folder.look(name, Links.REFUSE, found)) {
            throw root.errors().of(ErrorKind.NOT_FOUND, Verb.SET_MOD_TIME, seen.path(), "No such file");
        }
        if (isTimed(found, seen, modTime)) {
            return LocalEntries.file(seen.path(), found);
        }
        expectSeen(found, seen, Verb.SET_MOD_TIME);
        folder.setTime(name, modTime.getEpochSecond(), modTime.getNano());
        if (!folder.look(name, Links.REFUSE, found)) {
            throw root.errors().of(ErrorKind.NOT_FOUND, Verb.SET_MOD_TIME, seen.path(), "It is gone meanwhile");
        }
        return LocalEntries.file(seen.path(), found);
    }

    /// An earlier try of this very call may have succeeded.
    private static boolean isTimed(Inode found, Entry.File seen, Instant modTime) {
        return seen.id().isPresent()
                && seen.id().orElseThrow().text().equals(found.id())
                && found.size() == seen.size()
                && found.modifiedSecond() == modTime.getEpochSecond()
                && found.modifiedNano() == modTime.getNano();
    }

    /// A root that was never made holds nothing that could be lost. What is mounted below it is a file system of its
    /// own; one that is gone again took its unwritten bytes along when it was unmounted.
    void flush() throws DiskException {
        try {
            root.folder().syncAll();
            for (RelPath directory : publisher.writtenElsewhere()) {
                flush(directory);
            }
        } catch (DiskException missing) {
            if (missing.fault() != Fault.NOT_FOUND) {
                throw missing;
            }
        }
    }

    private void flush(RelPath directory) throws DiskException {
        try (Folder folder = root.folder().enter(directory.bytes(), Links.REFUSE)) {
            folder.syncAll();
        } catch (DiskException missing) {
            if (missing.fault() != Fault.NOT_FOUND && missing.fault() != Fault.NOT_A_DIRECTORY) {
                throw missing;
            }
        }
    }
}
