package io.skyferry.storages.local;

import io.skyferry.storage.RelPath;
import io.skyferry.storages.local.disk.Segments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How a symbolic link is spelled as a file: `name.rclonelink`, the suffix that rclone's `--links` uses.
final class LinkText {
    /// Put behind a link's name.
    static final byte[] SUFFIX = ".rclonelink".getBytes(StandardCharsets.US_ASCII);

    /// A link leads no further than the longest path.
    static final int LONGEST = 4095;

    private LinkText() {}

    /// Whether a name is one that a link has.
    static boolean isLink(byte[] bytes, int offset, int length) {
        int from = offset + length - SUFFIX.length;
        return from > offset && Arrays.equals(bytes, from, offset + length, SUFFIX, 0, SUFFIX.length);
    }

    static boolean isLink(RelPath path) {
        byte[] bytes = path.bytes();
        int name = Segments.lastSlash(bytes) + 1;
        return isLink(bytes, name, bytes.length - name);
    }

    /// The link's own path.
    static byte[] plain(byte[] path) {
        return Segments.cut(path, 0, path.length - SUFFIX.length);
    }
}
