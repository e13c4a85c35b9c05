package io.skyferry.engine.oneway;

import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Set;

/// Leaves out one path.
record Without(RelPath path) implements Selection {
    @Override
    public boolean selects(Entry.File file) {
        return !file.path().equals(path);
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return false;
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return true;
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return true;
    }

    @Override
    public Set<String> markers() {
        return Set.of();
    }

    @Override
    public boolean isEverything() {
        return false;
    }

    @Override
    public Selection ofPaths() {
        return this;
    }
}
