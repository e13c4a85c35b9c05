package io.skyferry.storages.local;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Conditions;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Limits;
import io.skyferry.storage.Capabilities.Listing;
import io.skyferry.storage.Capabilities.ModTimes;
import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.Capabilities.Uploads;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.FileSystem;
import io.skyferry.storages.local.disk.Folder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What a folder can do: mostly the same everywhere; times, names and sizes are the file system's.
final class LocalCapabilities {
    private static final Duration FOREVER = Duration.ofDays(36_500);
    private static final long FAT_LIMIT = (4L << 30) - 1;
    private static final Duration NANOSECOND = Duration.ofNanos(1);

    private LocalCapabilities() {}

    /// What is promised of a folder that is not there yet and lies below nothing that could be looked at.
    static Capabilities unknown() {
        return of("", Names.EXACT);
    }

    static Capabilities of(Folder folder, LocalSettings.Probing probing) throws DiskException {
        FileSystem system = folder.fileSystem();
        return of(system.type(), new NameProbe(folder, probing).namesOf(system));
    }

    private static Capabilities of(String type, Names names) {
        Set<Verb> verbs = EnumSet.allOf(Verb.class);
        verbs.remove(Verb.VERSIONS);
        verbs.remove(Verb.CHANGES);
        return new Capabilities(
                verbs,
                Set.of(),
                new ModTimes(Keeping.NATIVE, precision(type)),
                new Listing(true, true, Order.UTF8_BYTES, true),
                new Uploads(
                        Parts.PARALLEL, LocalUploads.LEAST_PART, Long.MAX_VALUE, 1, false, Integer.MAX_VALUE, FOREVER),
                names,
                new Conditions(Set.of(ConditionKind.ABSENT, ConditionKind.MATCHES), true),
                Undo.NONE,
                new Limits(maxFileBytes(type), Integer.MAX_VALUE, NameLengths.of(type)));
    }

    /// The step between two modification times, by the file system's own description.
    static Duration precision(String type) {
        return switch (type) {
            case "vfat", "msdos" -> Duration.ofSeconds(2);
            case "exfat" -> Duration.ofMillis(10);
            case "hfs", "hfsplus", "ext2", "ext3", "fuseblk", "fuse.exfat", "fuse.sshfs" -> Duration.ofSeconds(1);
            case "ntfs", "ntfs3", "cifs", "smb3", "NTFS" -> Duration.ofNanos(100);
            default -> NANOSECOND;
        };
    }

    private static long maxFileBytes(String type) {
        return switch (type) {
            case "vfat", "msdos" -> FAT_LIMIT;
            default -> Long.MAX_VALUE;
        };
    }
}
