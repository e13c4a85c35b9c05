package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.Disks;
import java.util.Map;

/// A process of its own that copies one folder to another: `Mirror FROM TO DISK`. It fails unless the disk is reached
/// the way that is named.
final class Mirror {
    private Mirror() {}

    /// Copies all files.
    public static void main(String[] arguments) {
        if (!Disks.here().name().equals(arguments[2])) {
            throw new IllegalStateException("Want the disk %s but have %s"
                    .formatted(arguments[2], Disks.here().name()));
        }
        LocalProvider provider = new LocalProvider();
        try (Storage source = provider.open(Map.of("path", arguments[0]));
                Storage target = provider.open(Map.of("path", arguments[1]))) {
            copy(source, target);
        }
    }

    /// Copies every file with its time.
    static void copy(Storage source, Storage target) {
        for (Entry entry : Place.list(source, ListRequest.tree(RelPath.ROOT))) {
            if (entry instanceof Entry.File file) {
                target.write(
                        file.path(),
                        new OwnContent(source, file),
                        WriteOptions.PLAIN.at(file.modTime().known().orElseThrow()));
            }
        }
    }
}
