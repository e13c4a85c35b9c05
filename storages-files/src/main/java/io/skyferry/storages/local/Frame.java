package io.skyferry.storages.local;

import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.NameTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One directory on the way of a [TreeWalk], used again when the walk has left it.
final class Frame {
    final NameTable names = new NameTable();
    int next;
    int prefix;
    long device;
    long number;
    boolean isUnlisted;
    private @Nullable Folder folder;

    void begin(Folder opened, int pathLength, Inode self) {
        names.clear();
        next = 0;
        prefix = pathLength;
        device = self.device();
        number = self.number();
        isUnlisted = false;
        folder = opened;
    }

    Optional<Folder> folder() {
        return Optional.ofNullable(folder);
    }

    void reopen(Folder opened) {
        folder = opened;
    }

    void closeFolder() {
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }
}
