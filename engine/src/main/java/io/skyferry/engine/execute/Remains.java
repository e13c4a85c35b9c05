package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.Entry;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What earlier runs of the pair left at the target: uploads that nobody wants any more, temporary files.
///
/// Only what bears this pair's mark is touched: the pair's lock is ours, so no other run can be using it.
public final class Remains {
    private final Scope scope;
    private final Looks looks;
    private final String pairMark;
    private final List<Entry.Leftover> leftovers = new ArrayList<>();

    /// @param pairMark how the owners of this pair's runs begin
    public Remains(Scope scope, String pairMark) {
        this.scope = scope;
        this.looks = new Looks(scope);
        this.pairMark = pairMark;
    }

    /// A listing met something; kept if it is this pair's and not this run's.
    public void met(Entry.Leftover leftover) {
        if (leftover.owner().startsWith(pairMark) && !leftover.owner().equals(scope.owner())) {
            synchronized (leftovers) {
                leftovers.add(leftover);
            }
        }
    }

    /// Removes what nobody will go on with. Called when a run has come to its end.
    void clear() {
        Set<String> kept = new HashSet<>();
        for (Unfinished unfinished : scope.run().memory().unfinished()) {
            if (unfinished.side() == Side.RIGHT) {
                clear(unfinished, kept);
            }
        }
        scope.run().memory().intended(Side.RIGHT).forEach(this::clearIntended);
        List<Entry.Leftover> met;
        synchronized (leftovers) {
            met = List.copyOf(leftovers);
        }
        met.stream().filter(one -> !kept.contains(one.upload().id())).forEach(this::remove);
    }

    private void clear(Unfinished unfinished, Set<String> kept) {
        try {
            if (isWanted(unfinished)) {
                pendingAt(unfinished.path()).forEach(pending -> kept.add(pending.id()));
            } else {
                scope.target().abandonUpload(unfinished.upload());
                scope.run().memory().end(Side.RIGHT, unfinished.path());
            }
        } catch (StorageException failure) {
            kept.add(unfinished.upload().token());
            scope.tally()
                    .warn("Kept an unfinished upload of '%s': %s"
                            .formatted(unfinished.path(), Transfers.reason(failure)));
        }
    }

    /// An upload is wanted as long as its source is there as it was, and is not in step by other means.
    private boolean isWanted(Unfinished unfinished) {
        Optional<Agreed> row = scope.rowOf(unfinished.path());
        RelPath path = row.map(Agreed::path).orElse(unfinished.path());
        Optional<Entry.File> source =
                looks.fileAt(scope.source(), path).filter(file -> PartTransfer.isFor(unfinished, file));
        if (source.isEmpty() || row.isEmpty()) {
            return source.isPresent();
        }
        return looks.fileAt(scope.target(), unfinished.path())
                .filter(target -> isInStep(source.orElseThrow(), target, row.orElseThrow()))
                .isEmpty();
    }

    /// Whether both sides are as they were when they agreed, or agree by what is seen of them now. What a loss of power
    /// may have torn looks as it did.
    private boolean isInStep(Entry.File source, Entry.File target, Agreed row) {
        boolean still =
                scope.sameness().isOnMedium(row) && Tags.fits(row.left(), source) && Tags.fits(row.right(), target);
        return still
                || (!scope.sameness().isWeakened()
                        && scope.sameness().judge(source, target, Optional.of(row)) instanceof Judgement.Same);
    }

    private List<PendingUpload> pendingAt(RelPath path) {
        return scope.target().capabilities().can(Verb.LIST_UPLOADS)
                ? scope.target().listUploads(path)
                : List.of();
    }

    /// An upload that was begun without an answer, for a file that no run tried again.
    private void clearIntended(RelPath path) {
        List<String> before = scope.run().memory().intent(Side.RIGHT, path).orElse(List.of());
        try {
            pendingAt(path).stream()
                    .filter(pending -> !before.contains(pending.id()))
                    .forEach(scope.target()::abandonPending);
            scope.run().memory().endIntent(Side.RIGHT, path);
        } catch (StorageException failure) {
            scope.tally()
                    .warn("Could not drop an unfinished upload of '%s': %s".formatted(path, Transfers.reason(failure)));
        }
    }

    private void remove(Entry.Leftover leftover) {
        try {
            scope.target().abandonPending(leftover.upload());
        } catch (StorageException failure) {
            scope.tally().warn("Could not remove '%s': %s".formatted(leftover.path(), Transfers.reason(failure)));
        }
    }
}
