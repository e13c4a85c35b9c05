package io.skyferry.engine.world;

import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Leaves out paths and all that lies below them, whatever their case, and names with a suffix.
///
/// @param suffix of names that are left out; empty: none
record Excluding(List<RelPath> excluded, String suffix) implements Selection {
    private boolean isExcluded(RelPath path) {
        RelPath folded = folded(path);
        return excluded.stream().anyMatch(one -> one.holds(folded)) || (!suffix.isEmpty() && isSuffixed(folded));
    }

    /// Whether a file at this path is selected, whatever it holds.
    static boolean selects(Selection selection, RelPath path) {
        return selection.selects(new Entry.File(
                path, 0, new ModTime.NotKept(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static RelPath folded(RelPath path) {
        return new RelPath(
                Normalizer.normalize(path.text(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }

    private boolean isSuffixed(RelPath path) {
        return path.text().endsWith(suffix);
    }

    @Override
    public boolean selects(Entry.File file) {
        return !isExcluded(file.path());
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return false;
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return !isExcluded(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        RelPath folded = folded(directory);
        return excluded.stream().noneMatch(one -> one.holds(folded));
    }

    @Override
    public Set<String> markers() {
        return Set.of();
    }

    @Override
    public boolean isEverything() {
        return excluded.isEmpty() && suffix.isEmpty();
    }

    @Override
    public Selection ofPaths() {
        return this;
    }
}
