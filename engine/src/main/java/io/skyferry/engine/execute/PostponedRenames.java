package io.skyferry.engine.execute;

import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Renames that wait until both listings were read: only then is it known that the source has nothing any more that
/// falls together with the old path.
final class PostponedRenames {
    private final Map<RelPath, Step.Rename> byOrigin = new HashMap<>();
    private final List<Entry.File> others = new ArrayList<>();

    synchronized void add(Step.Rename step) {
        if (byOrigin.putIfAbsent(step.origin().path(), step) != null) {
            others.add(step.source());
        }
    }

    /// Renames what would be deleted else; the rest is brought over.
    synchronized void decide(
            LaterDeletes deletes, boolean complete, Consumer<Step.Rename> renamed, Consumer<Entry.File> brought) {
        Set<RelPath> gone = new HashSet<>();
        if (complete && !byOrigin.isEmpty()) {
            deletes.forEachFile(file -> {
                if (byOrigin.containsKey(file.path())) {
                    gone.add(file.path());
                }
            });
        }
        byOrigin.values().stream()
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .forEach(step -> {
                    if (gone.contains(step.origin().path())) {
                        renamed.accept(step);
                    } else {
                        brought.accept(step.source());
                    }
                });
        others.forEach(brought);
    }
}
