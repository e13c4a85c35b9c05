package io.skyferry.storages.local;

import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storages.local.LocalSettings.Probing;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.FileSystem;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Links;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Finds out which names a file system tells apart: by its kind, else by looking for what is there under another
/// spelling, else, where that is allowed, by making a file and removing it.
final class NameProbe {
    private static final Names FOLDING = new Names(false, true);
    private static final Names FOLDING_AND_NORMALISING = new Names(false, false);

    /// An `e` with an acute accent: one character, and two that look the same.
    private static final String COMPOSED = "\u00e9";

    private static final String DECOMPOSED = "e\u0301";

    private final Folder folder;
    private final Probing probing;

    NameProbe(Folder folder, Probing probing) {
        this.folder = folder;
        this.probing = probing;
    }

    Names namesOf(FileSystem system) throws DiskException {
        if (system.folding()) {
            // The kernel's folding of ext4 and f2fs follows Unicode's, forms included.
            return FOLDING_AND_NORMALISING;
        }
        return switch (system.type()) {
            case "ext2",
                    "ext3",
                    "ext4",
                    "xfs",
                    "btrfs",
                    "tmpfs",
                    "ramfs",
                    "f2fs",
                    "overlay",
                    "bcachefs",
                    "nfs",
                    "nfs4" -> system.options().contains("casefold") ? probed().orElse(Names.EXACT) : Names.EXACT;
            case "zfs" -> zfs(system.options());
            case "vfat", "msdos", "exfat", "ntfs", "ntfs3", "cifs", "smb3", "NTFS", "fuseblk" ->
                probed().orElse(FOLDING);
            case "hfs", "hfsplus", "apfs" -> probed().orElse(FOLDING_AND_NORMALISING);
            default -> probed().orElse(Names.EXACT);
        };
    }

    private Names zfs(String options) throws DiskException {
        if (options.contains("casesensitive")) {
            return Names.EXACT;
        }
        boolean folds = options.contains("caseinsensitive") || options.contains("casemixed");
        return folds ? FOLDING : probed().orElse(Names.EXACT);
    }

    private Optional<Names> probed() throws DiskException {
        Optional<Names> looked = byLooking();
        return looked.isPresent() || probing == Probing.LOOK ? looked : byWriting();
    }

    /// A name with letters is looked for in the other case. What is found of forms is not asked: such names are rare.
    private Optional<Names> byLooking() throws DiskException {
        AtomicReference<byte[]> sample = new AtomicReference<>(new byte[0]);
        folder.read((bytes, offset, length, kind) -> {
            if (sample.get().length == 0 && hasLetter(bytes, offset, length)) {
                sample.set(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        });
        byte[] name = sample.get();
        Inode there = new Inode();
        if (name.length == 0 || !folder.look(name, Links.REFUSE, there)) {
            return Optional.empty();
        }
        Inode other = new Inode();
        boolean folds = folder.look(swapped(name), Links.REFUSE, other) && other.isSameFileAs(there);
        return Optional.of(folds ? FOLDING : Names.EXACT);
    }

    private static boolean hasLetter(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (isLetter(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static byte[] swapped(byte[] name) {
        byte[] other = name.clone();
        for (int i = 0; i < other.length; i++) {
            if (isLetter(other[i])) {
                other[i] ^= 0x20;
            }
        }
        return other;
    }

    private Optional<Names> byWriting() {
        byte[] name = TempName.of("probe", new byte[0]).fresh();
        String text = new String(name, StandardCharsets.US_ASCII);
        byte[] formed = text.replace(".partial", COMPOSED.concat(".partial")).getBytes(StandardCharsets.UTF_8);
        byte[] other = text.replace(".partial", DECOMPOSED.concat(".partial")).getBytes(StandardCharsets.UTF_8);
        try (DiskFile made = folder.create(formed, 0600)) {
            try {
                Inode found = new Inode();
                boolean folds = folder.look(swapped(formed), Links.REFUSE, found);
                boolean normalises = folder.look(other, Links.REFUSE, found);
                made.settle();
                return Optional.of(new Names(!folds, !normalises));
            } finally {
                folder.remove(formed);
            }
        } catch (DiskException refused) {
            // What cannot be written to is only read, and reading needs no answer.
            return Optional.empty();
        }
    }
}
