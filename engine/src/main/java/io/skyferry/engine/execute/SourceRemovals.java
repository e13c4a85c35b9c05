package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deletes source files whose copies are safe: on the medium, and read back where the target did not vouch for them.
/// In groups, as one flush serves many files.
final class SourceRemovals implements Transfers.Arrivals {
    private static final int GROUP = 1_000;

    private final Scope scope;
    private final Looks looks;
    private final List<Copied> waiting = new ArrayList<>();

    private record Copied(Entry.File source, Entry.File target, Optional<String> hash) {}

    SourceRemovals(Scope scope) {
        this.scope = scope;
        this.looks = new Looks(scope);
    }

    @Override
    public void arrived(Entry.File source, Entry.File target, Optional<String> hash) {
        List<Copied> group = List.of();
        synchronized (waiting) {
            waiting.add(new Copied(source, target, hash));
            if (waiting.size() >= GROUP) {
                group = List.copyOf(waiting);
                waiting.clear();
            }
        }
        remove(group);
    }

    /// Deletes what is waiting still.
    void finish() {
        List<Copied> group;
        synchronized (waiting) {
            group = List.copyOf(waiting);
            waiting.clear();
        }
        remove(group);
    }

    private void remove(List<Copied> group) {
        if (group.isEmpty()) {
            return;
        }
        scope.target().flush();
        for (Copied copied : group) {
            scope.checkCancelled();
            try {
                removeVerified(copied);
            } catch (StorageException failure) {
                scope.tally()
                        .failed(
                                copied.source().path(),
                                "The file stays at the source: " + Transfers.reason(failure),
                                Holds.DELETES);
            }
        }
    }

    private void removeVerified(Copied copied) {
        if (!isVerified(copied)) {
            throw StorageException.noEffect(
                    ErrorKind.CORRUPT,
                    new StorageException.Where(
                            scope.target().displayName(),
                            Verb.READ,
                            copied.target().path()),
                    "Want the copy to hold what the source holds but it does not");
        }
        Removal removal = scope.source().delete(copied.source());
        scope.forget(copied.source().path());
        if (!(removal instanceof Removal.Missing)) {
            scope.tally().deleted(new Step.DeleteSource(copied.source(), copied.target()));
        }
    }

    private boolean isVerified(Copied copied) {
        if (copied.hash().isPresent() && scope.target().identity().isHere()) {
            return ContentHash.of(
                            scope.target(),
                            copied.target(),
                            HashType.XXH128,
                            scope.run().cancel())
                    .equals(copied.hash().orElseThrow());
        }
        if (copied.hash().isPresent()) {
            return true;
        }
        return switch (looks.compare(copied.source(), copied.target()).judgement()) {
            case Judgement.Same _, Judgement.OtherTime _ -> true;
            case Judgement.Different _, Judgement.LeaveAlone _, Judgement.Look _, Judgement.AskTime _ -> false;
        };
    }
}
