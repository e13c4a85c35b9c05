package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
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
                        .filter(file -> isSame(reference, source, file))
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

    private boolean isSame(OneWayRun.Reference reference, Entry.File source, Entry.File file) {
        return switch (scope.sameness().judge(source, file, Optional.empty())) {
            case Judgement.Same(Judgement.By by) -> by == Judgement.By.HASH || !isTouched(source);
            case Judgement.Look _ ->
                mayRead(reference) && hash(scope.source(), source).equals(hash(reference.storage(), file));
            case Judgement.OtherTime _, Judgement.Different _, Judgement.LeaveAlone _, Judgement.AskTime _ -> false;
        };
    }

    /// What lies elsewhere is read only where that is asked for.
    private boolean mayRead(OneWayRun.Reference reference) {
        return scope.run().options().comparison().by() == RunOptions.By.CONTENT
                || reference.storage().identity().isHere();
    }

    private String hash(Storage storage, Entry.File file) {
        return ContentHash.of(storage, file, HashType.XXH128, scope.run().cancel());
    }

    /// Whether the source's file was touched since both sides agreed on it: its size and time are no proof then.
    private boolean isTouched(Entry.File source) {
        return scope.rowOf(source.path())
                .filter(row -> !row.left().equals(Tags.of(source)))
                .isPresent();
    }
}
