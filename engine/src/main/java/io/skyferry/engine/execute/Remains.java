package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
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
import java.util.Set;

/// What earlier runs of the pair left at the target: uploads that nobody wants any more, temporary files.
///
/// Only what bears this pair's mark is touched: the pair's lock is ours, so no other run can be using it.
public final class Remains {
    private final Scope scope;
    private final String pairMark;
    private final List<Entry.Leftover> leftovers = new ArrayList<>();

    /// @param pairMark how the owners of this pair's runs begin
    public Remains(Scope scope, String pairMark) {
        this.scope = scope;
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
                if (isWanted(unfinished)) {
                    pendingAt(unfinished.path()).forEach(pending -> kept.add(pending.id()));
                } else {
                    abandon(unfinished);
                }
            }
        }
        List<Entry.Leftover> met;
        synchronized (leftovers) {
            met = List.copyOf(leftovers);
        }
        met.stream().filter(one -> !kept.contains(one.upload().id())).forEach(this::remove);
    }

    /// An upload is wanted as long as its source is there as it was.
    private boolean isWanted(Unfinished unfinished) {
        try {
            return scope.source()
                    .stat(unfinished.path())
                    .filter(Entry.File.class::isInstance)
                    .map(Entry.File.class::cast)
                    .filter(file -> Tags.of(file).equals(unfinished.fingerprint()))
                    .isPresent();
        } catch (StorageException failure) {
            scope.tally()
                    .warn("Kept an unfinished upload of '%s': %s"
                            .formatted(unfinished.path(), Transfers.reason(failure)));
            return true;
        }
    }

    private List<PendingUpload> pendingAt(RelPath path) {
        return scope.target().capabilities().can(Verb.LIST_UPLOADS)
                ? scope.target().listUploads(path)
                : List.of();
    }

    private void abandon(Unfinished unfinished) {
        try {
            scope.target().abandonUpload(unfinished.upload());
            scope.run().memory().end(Side.RIGHT, unfinished.path());
        } catch (StorageException failure) {
            scope.tally()
                    .warn("Could not drop an unfinished upload of '%s': %s"
                            .formatted(unfinished.path(), Transfers.reason(failure)));
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
