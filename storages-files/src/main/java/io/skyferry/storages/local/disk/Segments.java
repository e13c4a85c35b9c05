package io.skyferry.storages.local.disk;

import java.util.Arrays;

/// Cuts paths that are bytes.
public final class Segments {
    private Segments() {}

    /// Where the last `/` stands; -1 where none does.
    public static int lastSlash(byte[] path) {
        int at = path.length - 1;
        while (at >= 0 && path[at] != '/') {
            at--;
        }
        return at;
    }

    /// A stretch of a path.
    public static byte[] cut(byte[] path, int from, int to) {
        return Arrays.copyOfRange(path, from, to);
    }

    /// The last segment.
    public static byte[] name(byte[] path) {
        return cut(path, lastSlash(path) + 1, path.length);
    }

    /// All before the last segment; nothing for a path of one segment.
    public static byte[] parent(byte[] path) {
        return cut(path, 0, Math.max(0, lastSlash(path)));
    }

    /// Where the segment that begins at a place ends.
    public static int end(byte[] path, int from) {
        int at = from;
        while (at < path.length && path[at] != '/') {
            at++;
        }
        return at;
    }

    /// The end of the longest stretch of whole segments from a place that is no longer than allowed.
    static int endWithin(byte[] path, int from, int longest) {
        if (path.length - from <= longest) {
            return path.length;
        }
        int at = from + longest;
        while (at > from && path[at] != '/') {
            at--;
        }
        return at == from ? end(path, from) : at;
    }
}
