package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Guard;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.scan.AnyFile;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import java.util.Iterator;
import java.util.Optional;

/// Does the steps of a saved plan, each against what the plan saw.
public final class Application {
    private final Scope scope;
    private final Effects effects;
    private final Backups backups;
    private final Renames renames;
    private final Looks looks;
    private final Guard guard;
    private final Allowance allowance;
    private final Lanes lanes;

    Application(Scope scope, Effects effects, Backups backups, Renames renames, Lanes lanes) {
        this.renames = renames;
        this.scope = scope;
        this.effects = effects;
        this.backups = backups;
        this.looks = new Looks(scope);
        this.guard = new Guard(scope.run().options().guards());
        this.allowance = new Allowance(scope);
        this.lanes = lanes;
    }

    /// Does all steps, in the order of the plan; deletes behind everything else, and not at all if anything failed.
    ///
    /// A plan may be old: before its first step with a file the source is looked at, as one that was emptied
    /// since is taken for a disk that is not mounted.
    public void apply(Iterator<Step> steps) {
        try (var deletes = new LaterDeletes(
                scope, backups, renames, Transfers.News.REFUSED, scope.run().spill())) {
            boolean looked = false;
            while (steps.hasNext() && !scope.tally().isStopped()) {
                scope.checkCancelled();
                Step step = steps.next();
                if (!looked && isAboutAFile(step)) {
                    looked = true;
                    if (isRefused(guard.emptySinceThePlan(this::hasFiles))) {
                        break;
                    }
                }
                take(step, deletes);
            }
            lanes.await();
            if (!scope.tally().isRefused()) {
                effects.afterTransfers();
                delete(deletes);
                effects.afterDeletes(false);
            }
        }
    }

    private static boolean isAboutAFile(Step step) {
        return switch (step) {
            case Step.MakeDirectory _, Step.RemoveDirectory _ -> false;
            case Step.Transfer _,
                    Step.CopyAtTarget _,
                    Step.Rename _,
                    Step.SetTime _,
                    Step.DeleteTarget _,
                    Step.DeleteSource _ -> true;
        };
    }

    private boolean hasFiles() {
        return AnyFile.isIn(scope.source(), scope.run().selection(), scope.run().cancel());
    }

    private boolean isRefused(Optional<String> refusal) {
        refusal.ifPresent(scope.tally()::refuse);
        return refusal.isPresent();
    }

    private void delete(LaterDeletes deletes) {
        boolean held = scope.tally().isStopped()
                || (scope.tally().holdsDeletes()
                        && !scope.run().options().guards().ignoreErrors());
        if (held && !deletes.isEmpty()) {
            scope.tally().warn(LaterDeletes.heldBack(deletes.waiting()));
        } else if (!isRefused(guard.plannedDeletes(deletes.count(), deletes.bytes()))) {
            deletes.run(lanes);
        }
    }

    private void take(Step step, LaterDeletes deletes) {
        switch (step) {
            case Step.Transfer transfer -> {
                scope.run().progress().wanted(transfer.source().size());
                unlessDone(transfer.source(), transfer.path(), () -> {
                    if (allowance.lets(transfer.path(), transfer.source())) {
                        effects.transfer(transfer);
                    }
                });
            }
            case Step.CopyAtTarget copy -> unlessDone(copy.source(), copy.path(), () -> copy(copy));
            case Step.Rename rename -> {
                if (renames.leaveOrigins()) {
                    deletes.add(rename.origin());
                }
                unlessDone(rename.source(), rename.path(), () -> rename(rename));
            }
            case Step.SetTime time ->
                unlessDone(time.source(), time.path(), () -> effects.setTime(time, Optional.empty()));
            case Step.MakeDirectory directory -> lanes.submit(() -> make(directory));
            case Step.DeleteTarget delete -> deletes.add(delete.target());
            case Step.RemoveDirectory directory -> deletes.add(directory.path());
            case Step.DeleteSource remove -> unchanged(remove);
        }
    }

    /// Does a step in a lane, unless the memory knows that it was done since the plan was made: a plan may be applied
    /// again, and what it tells must be true then too.
    private void unlessDone(Entry.File source, RelPath path, Runnable step) {
        Optional<Agreed> row = scope.rowOf(source.path())
                .filter(known -> known.tagOn(Side.LEFT).equals(Tags.of(source)));
        if (row.isEmpty()) {
            lanes.submit(step);
        } else {
            lanes.submit(() -> doneAt(path, source, row).ifPresentOrElse(this::tellDone, step));
        }
    }

    private void tellDone(Done done) {
        effects.inStep(done.source(), done.target(), done.by(), done.hash());
    }

    /// A step's files as they are in step already.
    private record Done(Entry.File source, Entry.File target, Judgement.By by, Optional<String> hash) {}

    private Optional<Done> doneAt(RelPath path, Entry.File source, Optional<Agreed> row) {
        try {
            return looks.fileAt(scope.target(), path).flatMap(target -> done(source, target, row));
        } catch (StorageException failure) {
            // The step itself will say what is wrong there.
            return Optional.empty();
        }
    }

    /// Where the row is about these two and yet doubted, as one of them was written a moment before, their content is
    /// read; a target that has changed since is left to the step, which refuses it.
    private Optional<Done> done(Entry.File source, Entry.File target, Optional<Agreed> row) {
        return switch (scope.sameness().judge(source, target, row)) {
            case Judgement.Same(Judgement.By by)
            when by == Judgement.By.MEMORY -> Optional.of(new Done(source, target, by, Optional.empty()));
            case Judgement.Look look
            when scope.sameness().isRowOf(row, source, target) -> {
                Looks.Found found = looks.compare(source, target, row, look);
                yield found.judgement() instanceof Judgement.Same(Judgement.By by)
                        ? Optional.of(new Done(found.source(), found.target(), by, found.hash()))
                        : Optional.empty();
            }
            case Judgement.Same _,
                    Judgement.Look _,
                    Judgement.OtherTime _,
                    Judgement.Different _,
                    Judgement.LeaveAlone _,
                    Judgement.AskTime _ -> Optional.empty();
        };
    }

    private void make(Step.MakeDirectory step) {
        boolean isThere;
        try {
            isThere = scope.target().stat(step.path()).orElse(null) instanceof Entry.Directory;
        } catch (StorageException failure) {
            // The step itself will say what is wrong there.
            isThere = false;
        }
        if (!isThere) {
            effects.make(step);
        }
    }

    private void rename(Step.Rename step) {
        try {
            boolean asPlanned = looks.isAbsentNow(step.origin())
                    && looks.fileAt(scope.source(), step.source().path())
                            .filter(now -> Tags.of(now).equals(Tags.of(step.source())))
                            .isPresent();
            if (!asPlanned) {
                scope.tally().failed(step.path(), "The source has changed since the plan was made", Holds.DELETES);
                return;
            }
        } catch (StorageException failure) {
            scope.tally().failed(step.path(), Transfers.reason(failure), Holds.DELETES);
            return;
        }
        if (!effects.rename(step)) {
            effects.transfer(new Step.Transfer(step.source(), step.path(), Optional.empty()));
        }
    }

    /// A copy that this plan makes removes its source itself; one that was there already is looked for here.
    private void unchanged(Step.DeleteSource remove) {
        remove.target()
                .ifPresent(target -> lanes.submit(
                        () -> effects.inStep(remove.source(), target, Judgement.By.MEMORY, Optional.empty())));
    }

    private void copy(Step.CopyAtTarget copy) {
        Optional<OneWayRun.Reference> from = scope.run().references().stream()
                .filter(OneWayRun.Reference::copies)
                .filter(one -> isThere(one, copy))
                .findFirst();
        if (!allowance.lets(copy.path(), copy.source())) {
            return;
        }
        from.ifPresentOrElse(
                one -> effects.copy(copy, one),
                () -> scope.tally()
                        .failed(
                                copy.path(),
                                "Want '%s' to copy from but it is not there any more"
                                        .formatted(copy.origin().path()),
                                Holds.DELETES));
    }

    private boolean isThere(OneWayRun.Reference reference, Step.CopyAtTarget copy) {
        try {
            return reference.storage().stat(copy.origin().path()).isPresent();
        } catch (StorageException failure) {
            if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                throw failure;
            }
            return false;
        }
    }
}
