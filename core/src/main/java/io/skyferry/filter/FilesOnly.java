package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Set;

/// A filter for runs that keep no empty directories: a directory that can hold no file need not be entered.
record FilesOnly(Filter filter) implements Selection {
    @Override
    public boolean selects(Entry.File file) {
        return filter.selects(file);
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return filter.hangsOnTime(file);
    }

    @Override
    public boolean mayConcern(Entry.Unusable entry) {
        return filter.mayConcern(entry);
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return filter.selectsDirectory(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return filter.mayHoldFiles(directory);
    }

    @Override
    public Set<String> markers() {
        return filter.markers();
    }

    @Override
    public boolean isEverything() {
        return filter.isEverything();
    }

    @Override
    public Selection ofPaths() {
        return filter.ofPaths().forFilesOnly();
    }
}
