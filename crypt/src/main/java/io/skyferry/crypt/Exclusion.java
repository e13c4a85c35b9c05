package io.skyferry.crypt;

import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a file and a directory from having one plain name.
///
/// Where directories keep their names and files do not, the storage below sees two names and would take
/// both. Costs one look for each file, and one for each directory that files are put into.
final class Exclusion {
    private static final int MOST_DIRECTORIES = 10_000;

    private final Storage below;
    private final PathCipher paths;
    private final Set<RelPath> directories = ConcurrentHashMap.newKeySet();

    Exclusion(Storage below, PathCipher paths) {
        this.below = below;
        this.paths = paths;
    }

    private boolean isNeeded() {
        var options = paths.options();
        boolean alike = options.hidesDirectories() || options.keepsNames();
        return !alike && below.capabilities().listing().emptyDirectories();
    }

    /// Goes on only if a file can be put there.
    void expectRoomForFile(RelPath file, Where where) {
        if (isNeeded()) {
            if (isDirectory(file)) {
                throw StorageException.noEffect(
                        ErrorKind.NOT_A_FILE, where, "Want room for a file but have a directory");
            }
            directories.remove(file);
            expectRoomForDirectory(file.parent(), where);
        }
    }

    /// Goes on only if no file stands at a directory's place or above it.
    void expectRoomForDirectory(RelPath directory, Where where) {
        if (isNeeded()) {
            for (RelPath at = directory; !at.isRoot() && !directories.contains(at); at = at.parent()) {
                expectNoFile(at, where);
                if (directories.size() < MOST_DIRECTORIES) {
                    directories.add(at);
                }
            }
        }
    }

    /// Goes on only if no file stands there.
    void expectNoFile(RelPath directory, Where where) {
        if (isNeeded() && isFile(directory)) {
            throw StorageException.noEffect(ErrorKind.NOT_A_DIRECTORY, where, "Want a directory but have a file");
        }
    }

    /// Goes on only if what was not there is no directory either.
    void expectNoDirectory(RelPath file, Where where) {
        if (isNeeded() && isDirectory(file)) {
            throw StorageException.noEffect(ErrorKind.NOT_A_FILE, where, "Want a file but have a directory");
        }
    }

    /// Forgets that a directory is one.
    void forget(RelPath directory) {
        directories.removeIf(directory::holds);
    }

    private boolean isFile(RelPath plain) {
        return paths.encodeFile(plain) instanceof Name(String stored)
                && below.stat(new RelPath(stored))
                        .filter(Entry.File.class::isInstance)
                        .isPresent();
    }

    private boolean isDirectory(RelPath plain) {
        return paths.encodeDirectory(plain) instanceof Name(String stored)
                && below.stat(new RelPath(stored))
                        .filter(Entry.Directory.class::isInstance)
                        .isPresent();
    }
}
