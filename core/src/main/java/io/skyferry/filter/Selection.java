package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which files a run is about. One predicate decides for a file, whatever the way it was listed.
public interface Selection {
    /// Whether this file is selected.
    boolean selects(Entry.File file);

    /// Whether nothing but its modification time decides if this file is selected: an age is asked for, and all else
    /// speaks for it. Where the listing does not tell the time, a look at the file does.
    boolean hangsOnTime(Entry.File file);

    /// Whether this directory is selected, for runs that keep empty directories too.
    boolean selectsDirectory(RelPath directory);

    /// Whether anything below this directory may be selected; `false` only where nothing can be.
    boolean mayHold(RelPath directory);

    /// Names of files whose presence leaves out the directory that holds them, with everything below it.
    Set<String> markers();

    /// The one file that may be selected, where it is named; empty: others may be too.
    default Optional<RelPath> onlyFile() {
        return Optional.empty();
    }

    /// Whether every file is selected, so that nothing need be asked.
    boolean isEverything();

    /// The same selection without what it asks of sizes and times. A file that a run replaces need not be within the
    /// bounds that the new one is within.
    Selection ofPaths();

    /// Whether a file of this path would be selected, whatever its size and time.
    default boolean selectsPath(RelPath path) {
        return ofPaths()
                .selects(new Entry.File(
                        path,
                        Entry.File.UNKNOWN_SIZE,
                        new ModTime.NotListed(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// Whether this path may be a selected file, or a directory that holds one.
    default boolean mayConcern(RelPath path) {
        return path.isRoot() || mayHold(path) || selectsPath(path);
    }

    /// Whether an entry that has no path may be meant; one that no key opens may be any file.
    default boolean mayConcern(Entry.Unusable entry) {
        return entry.foreign() || entry.path().isRoot() || mayHold(entry.path());
    }

    /// Selects every file.
    static Selection everything() {
        return new Everything();
    }
}
