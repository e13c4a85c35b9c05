package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A real run: every step is done, and the memory learns of it.
final class DoneEffects implements Effects {
    private final Scope scope;
    private final Backups backups;
    private final Looks looks;
    private final Renames renames;
    private final Transfers transfers;
    private final Optional<SourceRemovals> removals;
    private final Remains remains;
    private final List<Step> obstructed = new ArrayList<>();
    private boolean secondTime;

    DoneEffects(Scope scope, Lanes partLanes, Backups backups, Renames renames, Remains remains, Transfers.News news) {
        this.scope = scope;
        this.backups = backups;
        this.looks = new Looks(scope);
        this.renames = renames;
        this.remains = remains;
        this.removals = scope.run().mode() == Mode.MOVE
                ? Optional.of(new SourceRemovals(scope, news, this::transfer))
                : Optional.empty();
        this.transfers = new Transfers(scope, partLanes, backups, this::obstruct, this::arrived, news);
    }

    private void arrived(Entry.File source, Entry.File target, Optional<String> hash, Transfers.Arrivals.Came came) {
        if (removals.isPresent()) {
            removals.orElseThrow().arrived(source, target, hash, came);
        }
    }

    private void obstruct(Step step, StorageException failure) {
        synchronized (obstructed) {
            if (!secondTime) {
                obstructed.add(step);
                return;
            }
        }
        if (step instanceof Step.Transfer transfer) {
            scope.skips().add(Side.LEFT, transfer.source(), Transfers.reason(failure));
        }
        scope.tally().failed(step.path(), Transfers.reason(failure), Holds.NOTHING);
    }

    @Override
    public void transfer(Step.Transfer step) {
        Optional<StorageException> inTheWay = scope.skips().inTheWay(step);
        if (inTheWay.isPresent()) {
            obstruct(step, inTheWay.orElseThrow());
        } else {
            transfers.run(step);
        }
    }

    @Override
    public void copy(Step.CopyAtTarget step, OneWayRun.Reference from) {
        scope.tally().began(step);
        Progress.Flight flight =
                scope.run().progress().begin(step.path(), step.source().size());
        Backups.Aside aside = new Backups.Aside(step.replaced(), Optional.empty());
        try {
            Entry.File source = looks.sourceWithTime(step.source());
            aside = backups.aside(step.replaced());
            scope.checkReplaced(aside.stands());
            Entry.File written = scope.target()
                    .write(
                            step.path(),
                            new SourceContent(
                                    from.storage(),
                                    step.origin(),
                                    flight,
                                    scope.run().cancel()),
                            scope.writing(source, aside.stands()));
            scope.agreeCopied(source, written, Scope.hashOf(written));
            scope.run().progress().done(flight);
            scope.tally().copied(step);
            arrived(source, written, Optional.empty(), Transfers.Arrivals.Came.WRITTEN);
        } catch (StorageException failure) {
            scope.run().progress().failed(flight);
            transfers.run(new Step.Transfer(step.source(), step.path(), backups.back(aside, step.path())));
        }
    }

    @Override
    public boolean rename(Step.Rename step) {
        try {
            renames.run(step);
            return true;
        } catch (StorageException failure) {
            scope.tally()
                    .warn("'%s' could not be moved to '%s' at the target and is transferred: %s"
                            .formatted(step.origin().path(), step.path(), Transfers.reason(failure)));
            return false;
        }
    }

    @Override
    public void inStep(Entry.File source, Entry.File target, Judgement.By by, Optional<String> hash) {
        scope.tally().unchanged(source.path(), by.words());
        if (by != Judgement.By.MEMORY) {
            scope.agreeFound(source, target, hash);
        }
        arrived(source, target, Optional.empty(), Transfers.Arrivals.Came.FOUND);
    }

    @Override
    public void setTime(Step.SetTime step, Optional<String> hash) {
        boolean possible = scope.target().capabilities().can(Verb.SET_MOD_TIME)
                && step.source().modTime().known().isPresent();
        if (!possible) {
            transfer(new Step.Transfer(step.source(), step.target().path(), Optional.of(step.target())));
            return;
        }
        try {
            Entry.File now = scope.target()
                    .setModTime(step.target(), step.source().modTime().known().orElseThrow());
            scope.agreeFound(step.source(), now, hash);
            scope.tally().timeSet(step);
            arrived(step.source(), now, Optional.empty(), Transfers.Arrivals.Came.FOUND);
        } catch (StorageException failure) {
            scope.tally().failed(step.path(), Transfers.reason(failure), Holds.DELETES);
        }
    }

    @Override
    public void make(Step.MakeDirectory step) {
        try {
            scope.target().makeDirectory(step.path());
            scope.tally().done(step);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_A_DIRECTORY || failure.kind() == ErrorKind.NOT_A_FILE) {
                obstruct(step, failure);
            } else {
                scope.tally().failed(step.path(), Transfers.reason(failure), holds(failure));
            }
        }
    }

    private static Holds holds(StorageException failure) {
        return failure.kind() == ErrorKind.NAME_REJECTED ? Holds.NOTHING : Holds.DELETES;
    }

    @Override
    public void forget(String key) {
        scope.run().memory().forget(new PairKey(key));
    }

    @Override
    public void skip(Side side, Entry entry, String reason) {
        scope.skips().add(side, entry, reason);
    }

    @Override
    public void afterTransfers() {
        removals.ifPresent(SourceRemovals::finish);
    }

    @Override
    public void deletes(LaterDeletes deletes, Lanes lanes) {
        deletes.run(lanes);
    }

    @Override
    public void afterDeletes(boolean complete) {
        List<Step> again;
        synchronized (obstructed) {
            again = List.copyOf(obstructed);
            obstructed.clear();
            secondTime = true;
        }
        again.forEach(this::runAgain);
        removals.ifPresent(SourceRemovals::finish);
        if (complete) {
            remains.clear();
        }
    }

    private void runAgain(Step step) {
        if (step instanceof Step.Transfer transfer) {
            transfer(transfer);
        } else if (step instanceof Step.MakeDirectory directory) {
            make(directory);
        }
    }
}
