package io.skyferry.storages.local;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.FileSystem;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Segments;

/// Finds out which place a path stands for: by its real path, and by what holds it.
final class LocalIdentity {
    private LocalIdentity() {}

    /// Where the root really lies, snapshots mapped to the folder they were taken of.
    static StorageIdentity of(Disk disk, byte[] path) throws DiskException {
        return of(disk, path, true);
    }

    /// Where the root really lies, so that it can be opened there.
    static StorageIdentity inPlace(Disk disk, byte[] path) throws DiskException {
        return of(disk, path, false);
    }

    private static StorageIdentity of(Disk disk, byte[] path, boolean mapped) throws DiskException {
        byte[] there = path;
        byte[] missing = {};
        while (true) {
            try (Folder folder = disk.open(there.length == 0 ? new byte[] {'/'} : there)) {
                byte[] real = mapped ? folder.firstPath() : folder.realPath();
                String root = join(RelPath.textOf(real, 0, real.length), RelPath.textOf(missing, 0, missing.length));
                String volume = volume(folder.fileSystem());
                return new StorageIdentity(LocalProvider.KEY, "", mapped ? unsnapshot(root) : root, volume, "");
            } catch (DiskException refused) {
                if (refused.fault() != Fault.NOT_FOUND || there.length == 0) {
                    throw refused;
                }
            }
            // The root is not there yet: it will lie where the nearest directory above it does.
            missing = missing.length == 0
                    ? Segments.name(there)
                    : RelPath.bytesOf(RelPath.textOf(Segments.name(there), 0, Segments.name(there).length)
                            + "/"
                            + RelPath.textOf(missing, 0, missing.length));
            there = Segments.parent(there);
        }
    }

    private static String join(String root, String missing) {
        return missing.isEmpty() ? root : root.equals("/") ? root + missing : root + "/" + missing;
    }

    /// What holds a folder: the same after a restart, another one when the disk was swapped or is not mounted.
    static String volume(FileSystem system) {
        return system.uuid().map("uuid:"::concat).orElseGet(() -> {
            String source = system.source();
            int at = system.type().equals("zfs") ? source.indexOf('@') : -1;
            return String.join(":", system.type(), at < 0 ? source : source.substring(0, at));
        });
    }

    /// The folder that a snapshot's path was taken of: `.zfs/snapshot/NAME`, `.snapshots/NUMBER/snapshot`,
    /// `.snapshot/NAME`, `#snapshot/NAME` are cut out.
    static String unsnapshot(String path) {
        String[] segments = path.split("/", -1);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < segments.length; i++) {
            int cut = snapshotSegments(segments, i);
            if (cut > 0) {
                i += cut - 1;
            } else {
                text.append('/').append(segments[i]);
            }
        }
        return text.isEmpty() ? "/" : text.toString();
    }

    private static int snapshotSegments(String[] segments, int at) {
        boolean one = at + 1 < segments.length;
        boolean two = at + 2 < segments.length;
        return switch (segments[at]) {
            case ".zfs" -> two && segments[at + 1].equals("snapshot") ? 3 : 0;
            case ".snapshots" -> two && segments[at + 2].equals("snapshot") ? 3 : 0;
            case ".snapshot", "#snapshot" -> one ? 2 : 0;
            default -> 0;
        };
    }
}
