package io.skyferry.storages.local;

import io.skyferry.storage.Capabilities.PathRule;
import io.skyferry.storage.RelPath;
import java.util.Optional;

/// How long each name of a path may be on a file system.
///
/// Source: Linux, path_resolution(7) and `NAME_MAX` of `linux/limits.h`; "Limits on Lengths of Names" of the manuals of
/// NTFS, exFAT, HFS+ and APFS, which count 16-bit units.
record NameLengths(Unit unit) implements PathRule {
    private static final int MOST = 255;

    /// What is counted.
    enum Unit {
        BYTES("bytes"),
        UTF16_UNITS("UTF-16 units");

        private final String words;

        Unit(String words) {
            this.words = words;
        }
    }

    /// The rule of a kind of file system. All that are not known to take more take 255 bytes at most, but who
    /// knows what stands behind a driver of its own.
    static NameLengths of(String type) {
        return new NameLengths(
                switch (type) {
                    case "ext2",
                            "ext3",
                            "ext4",
                            "xfs",
                            "btrfs",
                            "zfs",
                            "tmpfs",
                            "overlay",
                            "f2fs",
                            "nfs",
                            "nfs4",
                            "ramfs",
                            "bcachefs",
                            "jfs",
                            "ufs" -> Unit.BYTES;
                    default -> Unit.UTF16_UNITS;
                });
    }

    @Override
    public Optional<String> refusal(RelPath path) {
        String text = path.text();
        // No character takes more than three bytes for each of its units.
        if (text.length() <= MOST / 3) {
            return Optional.empty();
        }
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            int length = end - start;
            if (unit == Unit.BYTES && length > MOST / 3) {
                length = RelPath.bytesOf(text.substring(start, end)).length;
            }
            if (length > MOST) {
                return Optional.of(
                        "Want names of at most %s %s but have one of %s".formatted(MOST, unit.words, length));
            }
            start = end + 1;
        }
        return Optional.empty();
    }
}
