package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException;
import java.util.Optional;

/// Looks whether another place has a file already: `--compare-dest`, `--copy-dest`.
final class References {
    private final Scope scope;

    References(Scope scope) {
        this.scope = scope;
    }

    /// A file of another place that holds what the source's does.
    record Found(OneWayRun.Reference reference, Entry.File file) {}

    Optional<Found> find(Entry.File source) {
        for (OneWayRun.Reference reference : scope.run().references()) {
            try {
                Optional<Found> found = reference
                        .storage()
                        .stat(source.path())
                        .filter(Entry.File.class::isInstance)
                        .map(Entry.File.class::cast)
                        .filter(file -> isSame(source, file))
                        .map(file -> new Found(reference, file));
                if (found.isPresent()) {
                    return found;
                }
            } catch (StorageException failure) {
                scope.tally()
                        .warn("Could not look for '%s' at '%s': %s"
                                .formatted(
                                        source.path(), reference.storage().displayName(), Transfers.reason(failure)));
            }
        }
        return Optional.empty();
    }

    private boolean isSame(Entry.File source, Entry.File file) {
        return scope.sameness().judge(source, file, Optional.empty()) instanceof Judgement.Same(Judgement.By by)
                && (by == Judgement.By.HASH || !isTouched(source));
    }

    /// Whether the source's file was touched since both sides agreed on it: its size and time are no proof then.
    private boolean isTouched(Entry.File source) {
        return scope.rowOf(source.path())
                .filter(row -> !row.left().equals(Tags.of(source)))
                .isPresent();
    }
}
