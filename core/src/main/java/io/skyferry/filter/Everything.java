package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Set;

/// No rule at all.
record Everything() implements Selection {
    @Override
    public boolean selects(Entry.File file) {
        return true;
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
        return true;
    }

    @Override
    public Selection ofPaths() {
        return this;
    }
}
