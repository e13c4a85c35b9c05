package io.skyferry.storages.local;

import io.skyferry.storage.Content;
import io.skyferry.storage.RelPath;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Links;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the files of this machine that contents come from, so that their bytes need not pass through streams.
final class Origins implements AutoCloseable {
    private static final int KEPT = 8;

    private final Disk disk;
    private final ConcurrentHashMap<String, Folder> roots = new ConcurrentHashMap<>();

    Origins(Disk disk) {
        this.disk = disk;
    }

    /// The file, if it is on this machine, can be opened without following a link, and is what was seen.
    Optional<SourceFile> open(Content content) {
        Content.Origin origin = content.origin().orElse(null);
        if (origin == null || !isLocal(origin)) {
            return Optional.empty();
        }
        try {
            Folder root = root(origin.storage().root());
            SourceFile source = SourceFile.of(root.open(origin.file().path().bytes(), Links.REFUSE));
            if (source.is(origin.file())) {
                return Optional.of(source);
            }
            source.close();
        } catch (DiskException elsewhere) {
            // The content's own stream knows the way, and says what is wrong if something is.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isLocal(Content.Origin origin) {
        return origin.storage().provider().equals(LocalProvider.KEY)
                && origin.storage().account().isEmpty()
                && origin.storage().key().isEmpty()
                && origin.file().version().isPresent();
    }

    private Folder root(String path) throws DiskException {
        Folder known = roots.get(path);
        if (known != null) {
            return known;
        }
        Folder opened = disk.open(RelPath.bytesOf(path));
        Folder other = roots.size() < KEPT ? roots.putIfAbsent(path, opened) : null;
        if (other != null) {
            opened.close();
            return other;
        }
        return opened;
    }

    @Override
    public void close() {
        for (Folder root : roots.values()) {
            root.close();
        }
        roots.clear();
    }
}
