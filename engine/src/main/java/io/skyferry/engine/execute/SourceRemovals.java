package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Deletes source files whose copies are safe: on the medium, and read back where the target did not vouch for them.
/// In groups, as one flush serves many files.
final class SourceRemovals implements Transfers.Arrivals {
    private static final int GROUP = 1_000;

    private final Scope scope;
    private final Looks looks;
    private final boolean mayBring;
    private final Consumer<Step.Transfer> again;
    private final List<Copied> waiting = new ArrayList<>();

    private record Copied(Entry.File source, Entry.File target, Optional<String> hash, Came came) {}

    /// @param again brings over what seemed to be in step and is not
    SourceRemovals(Scope scope, Transfers.News news, Consumer<Step.Transfer> again) {
        this.scope = scope;
        this.mayBring = news == Transfers.News.TAKEN;
        this.again = again;
        this.looks = new Looks(scope);
    }

    @Override
    public void arrived(Entry.File source, Entry.File target, Optional<String> hash, Came came) {
        boolean full;
        synchronized (waiting) {
            waiting.add(new Copied(source, target, hash, came));
            full = waiting.size() >= GROUP;
        }
        if (full) {
            remove(taken());
        }
    }

    /// Deletes what is waiting still.
    void finish() {
        for (List<Copied> group = taken(); !group.isEmpty(); group = taken()) {
            remove(group);
        }
    }

    private List<Copied> taken() {
        synchronized (waiting) {
            List<Copied> group = List.copyOf(waiting);
            waiting.clear();
            return group;
        }
    }

    private void remove(List<Copied> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            if (scope.canFlush()) {
                scope.target().flush();
            }
        } catch (StorageException failure) {
            group.forEach(copied -> stays(copied, Transfers.reason(failure)));
            return;
        }
        for (Copied copied : group) {
            scope.checkCancelled();
            try {
                removeVerified(copied);
            } catch (StorageException failure) {
                stays(copied, Transfers.reason(failure));
            }
        }
    }

    private void stays(Copied copied, String reason) {
        scope.tally().failed(copied.source().path(), "The file stays at the source: " + reason, Holds.DELETES);
    }

    private void removeVerified(Copied copied) {
        if (!isSafe(copied)) {
            // What the memory says of the two is not true, so it is forgotten.
            scope.forget(copied.source().path());
            bringAgain(copied);
            return;
        }
        Optional<Entry.File> seen = asKnown(copied);
        if (seen.isEmpty()) {
            stays(copied, "want the file that was seen but another is there");
            return;
        }
        Removal removal = scope.source().delete(seen.orElseThrow());
        scope.forget(copied.source().path());
        if (!(removal instanceof Removal.Missing)) {
            scope.tally().deleted(new Step.DeleteSource(copied.source(), Optional.of(copied.target())));
        }
    }

    /// The source as it is known well enough that no other can be taken for it; empty: it is another by now.
    private Optional<Entry.File> asKnown(Copied copied) {
        if (Tags.isWhole(copied.source())) {
            return Optional.of(copied.source());
        }
        Optional<Entry.File> now = looks.fileAt(scope.source(), copied.source().path());
        return now.isEmpty()
                ? Optional.of(copied.source())
                : now.filter(file -> holds(file, copied.target(), Optional.empty()));
    }

    /// Whether the copy holds what the source holds, and is on the medium.
    private boolean isSafe(Copied copied) {
        return switch (copied.came()) {
            case WRITTEN -> holds(copied.source(), copied.target(), copied.hash());
            // A listing may have been old when it came, and times may deceive: what is there now counts.
            case FOUND ->
                (!scope.target().identity().isHere() || scope.canFlush())
                        && looks.fileAt(scope.target(), copied.target().path())
                                .filter(now -> holds(copied.source(), now, Optional.empty()))
                                .isPresent();
        };
    }

    /// A copy that only seemed to be one is written anew; one that this run wrote should have been good.
    private void bringAgain(Copied copied) {
        if (copied.came() == Came.WRITTEN || !mayBring) {
            stays(copied, "want its copy to hold what it holds, but it does not");
            return;
        }
        RelPath path = copied.target().path();
        Optional<Entry.File> now = looks.fileAt(scope.target(), path);
        boolean mayReplace = !scope.target().capabilities().listing().consistent()
                || now.map(file -> Tags.fits(Tags.of(copied.target()), file)).orElse(true);
        if (mayReplace) {
            again.accept(new Step.Transfer(copied.source(), path, now));
        } else {
            stays(copied, "want the copy that was seen but another file is there");
        }
    }

    /// @param hash in our own kind, of the bytes as they went over
    private boolean holds(Entry.File source, Entry.File target, Optional<String> hash) {
        if (hash.isPresent() && scope.target().identity().isHere()) {
            return ContentHash.of(
                            scope.target(), target, HashType.XXH128, scope.run().cancel())
                    .equals(hash.orElseThrow());
        }
        return hash.isPresent() || looks.isContentEqual(source, target);
    }
}
