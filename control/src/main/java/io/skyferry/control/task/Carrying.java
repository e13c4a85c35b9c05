package io.skyferry.control.task;

import java.util.List;
import java.util.OptionalInt;

/// Which files go over, and how.
///
/// @param transfers files at a time; empty: as the engine does
/// @param snapshot whether a push reads from a snapshot of the file system
/// @param args further words of options
public record Carrying(
        List<BandwidthTime> bwlimit,
        OptionalInt transfers,
        List<String> include,
        List<String> exclude,
        boolean followSymlinks,
        boolean createEmptySrcDirs,
        boolean snapshot,
        String args) {
    /// Makes the lists unchangeable.
    public Carrying {
        bwlimit = List.copyOf(bwlimit);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
