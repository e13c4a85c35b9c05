package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Removal;
import io.skyferry.storage.StorageException;
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

    private record Copied(Entry.File source, Entry.File target, Optional<String> hash, Came came) {}

    SourceRemovals(Scope scope) {
        this.scope = scope;
        this.looks = new Looks(scope);
    }

    @Override
    public void arrived(Entry.File source, Entry.File target, Optional<String> hash, Came came) {
        List<Copied> group = List.of();
        synchronized (waiting) {
            waiting.add(new Copied(source, target, hash, came));
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
        boolean onMedium = !scope.target().identity().isHere() || scope.canFlush() || copied.came() == Came.WRITTEN;
        if (!onMedium) {
            stays(copied, "its copy was there already, and nothing can tell whether it is on the medium");
            return;
        }
        if (!isStillThere(copied) || !isVerified(copied)) {
            // What the memory says of the two is not true, so the next run looks again.
            scope.forget(copied.source().path());
            stays(copied, "want its copy to hold what it holds, but it does not");
            return;
        }
        Removal removal = scope.source().delete(copied.source());
        scope.forget(copied.source().path());
        if (!(removal instanceof Removal.Missing)) {
            scope.tally().deleted(new Step.DeleteSource(copied.source(), Optional.of(copied.target())));
        }
    }

    /// A listing is older than what this run wrote, and may have been old when it came: one look at the copy tells.
    private boolean isStillThere(Copied copied) {
        return copied.came() == Came.WRITTEN
                || looks.fileAt(scope.target(), copied.target().path())
                        .filter(now -> isSame(copied.target(), now))
                        .isPresent();
    }

    private static boolean isSame(Entry.File seen, Entry.File now) {
        boolean sameTime = seen.modTime().known().isEmpty()
                || now.modTime().known().isEmpty()
                || seen.modTime().equals(now.modTime());
        return seen.version().isPresent()
                ? seen.version().equals(now.version())
                : seen.size() == now.size() && sameTime;
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
