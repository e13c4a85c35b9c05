package io.skyferry.storages.local;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/// Gives finished files their names, and looks whether they got them.
final class Publisher {
    private static final int LONGEST_CALL = 4_000;

    private final LocalRoot root;
    private final ConcurrentHashMap<Long, RelPath> elsewhere = new ConcurrentHashMap<>();
    private volatile long rootDevice = -1;

    Publisher(LocalRoot root) {
        this.root = root;
    }

    Publication begin(Folder folder, RelPath file, byte[] name, WriteOptions options, Verb verb) {
        return new Publication(root.errors(), folder, file, name, options, verb);
    }

    /// Looks at the file by its whole path: a directory that was held open may stand elsewhere by now.
    ///
    /// @param made what was given the name
    /// @param result what stands there if it is not that but as good
    /// @throws MovedAway if neither is there
    Inode expectInPlace(Folder folder, RelPath file, Inode made, Inode result) throws DiskException, MovedAway {
        byte[] path = file.bytes();
        Inode now = new Inode();
        boolean isThere = path.length < LONGEST_CALL
                ? root.folder().look(path, Links.REFUSE, now)
                : root.folder().lookBeneath(path, now);
        if (!isThere || now.kind() != Kind.FILE || now.size() != made.size()) {
            throw new MovedAway();
        }
        if (!now.isSameFileAs(result) && !isStillAt(folder, file.parent())) {
            throw new MovedAway();
        }
        noteDevice(file, now);
        return now;
    }

    private void noteDevice(RelPath file, Inode now) throws DiskException {
        if (now.device() != rootDevice) {
            Inode top = new Inode();
            root.folder().look(top);
            rootDevice = top.device();
            if (now.device() != rootDevice) {
                elsewhere.put(now.device(), file.parent());
            }
        }
    }

    /// One directory of each file system but the root's own that was written to.
    Collection<RelPath> writtenElsewhere() {
        return elsewhere.values();
    }

    /// Some file systems number their files anew as they like: then the directory decides.
    private boolean isStillAt(Folder folder, RelPath directory) throws DiskException {
        Inode held = new Inode();
        folder.look(held);
        Inode now = new Inode();
        return root.folder().lookBeneath(directory.bytes(), now) && now.isSameFileAs(held);
    }
}
