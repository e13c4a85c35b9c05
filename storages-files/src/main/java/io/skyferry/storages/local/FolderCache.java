package io.skyferry.storages.local;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.disk.Folder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the directories open that were last written to, so that a thousand files of one of them resolve its path once.
///
/// What stands at the path may be another directory by now: a write looks at its result by the whole path, and spoils
/// the lease when it is not there.
final class FolderCache implements AutoCloseable {
    private static final int KEPT = 32;

    private final LocalRoot root;
    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    FolderCache(LocalRoot root) {
        this.root = root;
    }

    /// The directory, made where it is missing.
    ///
    /// @param told what the call is about
    Lease lease(RelPath directory, Verb verb, RelPath told) {
        Held known = known(directory.text());
        if (known != null) {
            return new Lease(known);
        }
        Folder opened = root.makeDirectories(directory, verb, told);
        return new Lease(keep(directory.text(), opened));
    }

    private synchronized @Nullable Held known(String path) {
        Held known = held.get(path);
        if (known != null) {
            known.users++;
        }
        return known;
    }

    private synchronized Held keep(String path, Folder opened) {
        Held fresh = new Held(path, opened);
        fresh.users = 1;
        Held old = held.put(path, fresh);
        if (old != null) {
            drop(old);
        }
        if (held.size() > KEPT) {
            Map.Entry<String, Held> eldest = held.firstEntry();
            held.remove(eldest.getKey());
            drop(eldest.getValue());
        }
        return fresh;
    }

    private static void drop(Held gone) {
        gone.dropped = true;
        if (gone.users == 0) {
            gone.folder.close();
        }
    }

    private synchronized void giveBack(Held used) {
        used.users--;
        if (used.dropped && used.users == 0) {
            used.folder.close();
        }
    }

    private synchronized void spoil(Held used) {
        if (held.get(used.path) == used) {
            held.remove(used.path);
            drop(used);
        }
    }

    /// Forgets a directory and all below it, before they are removed.
    synchronized void forget(RelPath directory) {
        List<Held> gone = new ArrayList<>();
        for (Held one : held.values()) {
            if (directory.holds(new RelPath(one.path))) {
                gone.add(one);
            }
        }
        for (Held one : gone) {
            held.remove(one.path);
            drop(one);
        }
    }

    @Override
    public synchronized void close() {
        for (Held one : held.values()) {
            drop(one);
        }
        held.clear();
    }

    private static final class Held {
        private final String path;
        private final Folder folder;
        private int users;
        private boolean dropped;

        Held(String path, Folder folder) {
            this.path = path;
            this.folder = folder;
        }
    }

    /// A directory in use.
    final class Lease implements AutoCloseable {
        private final Held used;

        private Lease(Held used) {
            this.used = used;
        }

        Folder folder() {
            return used.folder;
        }

        /// The directory is no longer what stands at its path.
        void spoil() {
            FolderCache.this.spoil(used);
        }

        @Override
        public void close() {
            giveBack(used);
        }
    }
}
