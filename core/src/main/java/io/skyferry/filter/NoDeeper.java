package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Set;

/// Another selection, but nothing that lies deeper than so many names.
///
/// @param depth how many names a path may have: 1 takes what lies directly in the place
public record NoDeeper(Selection inner, int depth) implements Selection {
    /// Checks the number.
    public NoDeeper {
        if (depth < 1) {
            throw new IllegalArgumentException("Want a depth of 1 or more but have %s".formatted(depth));
        }
    }

    @Override
    public boolean selects(Entry.File file) {
        return namesOf(file.path()) <= depth && inner.selects(file);
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return namesOf(file.path()) <= depth && inner.hangsOnTime(file);
    }

    @Override
    public boolean mayConcern(Entry.Unusable entry) {
        return (entry.foreign() || namesOf(entry.path()) < depth) && inner.mayConcern(entry);
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return namesOf(directory) <= depth && inner.selectsDirectory(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return namesOf(directory) < depth && inner.mayHold(directory);
    }

    @Override
    public Set<String> markers() {
        return inner.markers();
    }

    @Override
    public boolean isEverything() {
        return false;
    }

    @Override
    public Selection ofPaths() {
        return new NoDeeper(inner.ofPaths(), depth);
    }

    private static int namesOf(RelPath path) {
        int names = path.isRoot() ? 0 : 1;
        for (int i = path.text().indexOf('/'); i >= 0; i = path.text().indexOf('/', i + 1)) {
            names++;
        }
        return names;
    }
}
