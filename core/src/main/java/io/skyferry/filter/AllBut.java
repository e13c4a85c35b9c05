package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Set;

/// Another selection, but not this one file.
public record AllBut(RelPath file, Selection inner) implements Selection {
    @Override
    public boolean selects(Entry.File one) {
        return !one.path().equals(file) && inner.selects(one);
    }

    @Override
    public boolean hangsOnTime(Entry.File one) {
        return !one.path().equals(file) && inner.hangsOnTime(one);
    }

    @Override
    public boolean mayConcern(Entry.Unusable entry) {
        return inner.mayConcern(entry);
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return inner.selectsDirectory(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return inner.mayHold(directory);
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
        return new AllBut(file, inner.ofPaths());
    }
}
