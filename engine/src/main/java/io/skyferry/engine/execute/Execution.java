package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.engine.options.RunOptions.Unlike;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Guard;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.plan.StepLines;
import io.skyferry.engine.report.Tally;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.scan.Spill;
import io.skyferry.engine.scan.SpilledSort;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What a run makes of the decisions it comes to, and when.
///
/// Transfers begin as soon as they are known, unless an option wants all of them to be known first; deletes wait until
/// all else is done. Called by one thread; the work is done in lanes.
public final class Execution implements AutoCloseable {
    private final Scope scope;
    private final Effects effects;
    private final Guard guard;
    private final Lanes checkers;
    private final Lanes transfers;
    private final Looks looks;
    private final Renames renames;
    private final References references;
    private final LaterDeletes deletes;
    private final LateRenames lateRenames;
    private final Suspects suspects;
    private final PostponedRenames postponed = new PostponedRenames();
    private final Spill replacements;
    private final SpilledSort ordered;
    private final Allowance allowance;
    private boolean allKnown;

    /// What a run's steps are done with.
    ///
    /// @param effects whether they are done or told
    public record Tools(Effects effects, Renames renames, LaterDeletes deletes, Lanes checkers, Lanes transfers) {}

    /// What the listings counted.
    ///
    /// @param sourceFiles files that are selected at the source
    /// @param targetFiles files that are selected at the target
    public record Census(long sourceFiles, long targetFiles) {}

    /// Nothing is decided yet.
    public Execution(Scope scope, Tools tools) {
        this.scope = scope;
        this.effects = tools.effects();
        this.guard = new Guard(scope.run().options().guards());
        this.checkers = tools.checkers();
        this.transfers = tools.transfers();
        this.looks = new Looks(scope);
        this.renames = tools.renames();
        this.references = new References(scope);
        this.deletes = tools.deletes();
        this.suspects = new Suspects(scope);
        this.lateRenames = new LateRenames(scope, scope.run().spill());
        this.replacements = new Spill(scope.run().spill(), "replacements");
        this.ordered = new SpilledSort(scope.run().spill());
        this.allowance = new Allowance(scope);
    }

    private Tally tally() {
        return scope.tally();
    }

    private RunOptions options() {
        return scope.run().options();
    }

    /// A source file that the target does not have.
    public void bring(Entry.File source) {
        if (renames.arePossible() && source.id().isPresent()) {
            checkers.submit(() -> bringOrRename(source));
        } else {
            bringLater(source);
        }
    }

    /// A source file where the target was not listed: one look tells whether it has the file.
    public void bringUnlessThere(Entry.File source, Optional<Agreed> row) {
        checkers.submit(() -> {
            try {
                Optional<Entry.File> target = looks.fileAt(scope.target(), source.path());
                if (target.isPresent()) {
                    judge(source, target.orElseThrow(), scope.sameness().judge(source, target.orElseThrow(), row), row);
                } else {
                    bringLater(source);
                }
            } catch (StorageException failure) {
                tell(source, failure);
            }
        });
    }

    private void tell(Entry.File source, StorageException failure) {
        if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
            tally().stop(source.path(), Transfers.reason(failure));
        } else {
            tally().failed(source.path(), Transfers.reason(failure), Holds.DELETES);
        }
    }

    private void bringLater(Entry.File source) {
        Optional<Agreed> row = suspects.arePossible() ? scope.rowOf(source.path()) : Optional.empty();
        if (suspects.suspects(source, row)) {
            var step = new Step.Transfer(source, source.path(), Optional.empty());
            transfers.submit(() -> suspects.examine(step, row));
        } else if (lateRenames.areWanted()) {
            synchronized (lateRenames) {
                lateRenames.add(source);
            }
        } else {
            transfer(source, source.path(), Optional.empty());
        }
    }

    private void bringOrRename(Entry.File source) {
        try {
            Optional<Step.Rename> rename = renames.find(source);
            if (rename.isPresent() && !renames.areToldAtOnce()) {
                postponed.add(rename.orElseThrow());
                return;
            }
            if (rename.isPresent() && effects.rename(rename.orElseThrow())) {
                return;
            }
        } catch (StorageException failure) {
            tally().warn("Could not look where '%s' came from: %s".formatted(source.path(), Transfers.reason(failure)));
        }
        bringLater(source);
    }

    /// Both sides have the file.
    public void judge(Entry.File listed, Entry.File there, Judgement judgement, Optional<Agreed> row) {
        Entry.File source = Scope.sealed(listed, row, Side.LEFT);
        Entry.File target = Scope.sealed(there, row, Side.RIGHT);
        switch (judgement) {
            case Judgement.Same(Judgement.By by) -> {
                if (by == Judgement.By.MEMORY) {
                    scope.doubts().left(row);
                }
                // The row's hash is of what both agreed on then: it says nothing of what has been touched since.
                effects.inStep(source, target, by, Optional.empty());
            }
            case Judgement.LeaveAlone(String why) -> {
                scope.doubts().left(row);
                tally().skipped(source.path(), why);
            }
            case Judgement.Different _ -> replace(source, target, row);
            case Judgement.OtherTime _ ->
                transfers.submit(() -> setTime(new Step.SetTime(source, target), Optional.empty()));
            case Judgement.Look look -> checkers.submit(() -> look(source, target, row, look));
            case Judgement.AskTime _ -> checkers.submit(() -> askTimes(source, target, row));
        }
    }

    private void setTime(Step.SetTime step, Optional<String> hash) {
        if (options().comparison().unlike() == Unlike.IMMUTABLE) {
            refuseToTouch(step.target());
        } else {
            effects.setTime(step, hash);
        }
    }

    private void refuseToTouch(Entry.File target) {
        tally().failed(target.path(), "It is not as the source has it, and --immutable leaves it so", Holds.DELETES);
    }

    private void askTimes(Entry.File source, Entry.File target, Optional<Agreed> row) {
        try {
            Looks.Times times = looks.askTimes(source, target);
            Judgement judgement = scope.sameness().judge(times.source(), times.target(), row);
            if (judgement instanceof Judgement.Look look) {
                look(times.source(), times.target(), row, look);
            } else if (judgement instanceof Judgement.AskTime) {
                replace(source, target, row);
            } else {
                judge(times.source(), times.target(), judgement, row);
            }
        } catch (StorageException failure) {
            tally().failed(source.path(), Transfers.reason(failure), Holds.DELETES);
        }
    }

    private void look(Entry.File source, Entry.File target, Optional<Agreed> row, Judgement.Look look) {
        try {
            Looks.Found found = looks.compare(source, target, row, look);
            switch (found.judgement()) {
                case Judgement.Same(Judgement.By by) ->
                    effects.inStep(found.source(), found.target(), by, found.hash());
                case Judgement.OtherTime _ -> setTime(new Step.SetTime(found.source(), found.target()), found.hash());
                case Judgement.Different _, Judgement.LeaveAlone _, Judgement.Look _, Judgement.AskTime _ ->
                    replace(source, target, row);
            }
        } catch (StorageException failure) {
            // What cannot be compared is brought over: if the source is the one in trouble, that will say so.
            replace(source, target, row);
        }
    }

    private void replace(Entry.File source, Entry.File target, Optional<Agreed> row) {
        if (options().comparison().unlike() == Unlike.IMMUTABLE) {
            refuseToTouch(target);
            return;
        }
        var step = new Step.Transfer(source, target.path(), Optional.of(target));
        if (suspects.suspects(source, row)) {
            transfers.submit(() -> suspects.examine(step, row));
        } else {
            replace(step);
        }
    }

    private void replace(Step.Transfer step) {
        if (step.replaced().isPresent() && options().guards().maxReplace().isPresent()) {
            synchronized (replacements) {
                replacements.add(StepLines.write(step));
            }
        } else {
            transfer(step);
        }
    }

    private void transfer(Entry.File source, RelPath path, Optional<Entry.File> replaced) {
        transfer(new Step.Transfer(source, path, replaced));
    }

    private void transfer(Step.Transfer step) {
        if (options().transfers().order() != Order.AS_FOUND && !allKnown) {
            synchronized (ordered) {
                ordered.add(Orders.key(options().transfers().order(), step), StepLines.write(step));
            }
        } else {
            begin(step);
        }
    }

    private void begin(Step.Transfer step) {
        scope.run().progress().wanted(step.source().size());
        transfers.submit(() -> {
            if (!allowance.lets(step.path(), step.source())) {
                return;
            }
            Optional<References.Found> found = references.find(step.source());
            if (found.isEmpty()) {
                effects.transfer(step);
            } else if (found.orElseThrow().reference().copies()) {
                effects.copy(
                        new Step.CopyAtTarget(step.source(), found.orElseThrow().file(), step.path(), step.replaced()),
                        found.orElseThrow().reference());
            } else {
                tally().skipped(
                                step.path(),
                                "'%s' has it"
                                        .formatted(found.orElseThrow()
                                                .reference()
                                                .storage()
                                                .displayName()));
            }
        });
    }

    /// A target file that the source does not have.
    public void deleteLater(Entry.File target) {
        if (!isKept(target)) {
            deletes.add(target);
        }
    }

    /// Whether an earlier run kept it beside another file: what bears the suffix and never was the source's.
    private boolean isKept(Entry.File target) {
        return scope.run()
                        .backup()
                        .filter(place -> place.mayHaveKept(target.path()))
                        .isPresent()
                && scope.rowOf(target.path()).isEmpty();
    }

    /// A target directory that the source does not have. One that is made up from names goes with them, and a marker
    /// that somebody put there for an empty one stays.
    public void removeLater(RelPath directory) {
        if (scope.target().capabilities().can(Verb.REMOVE_DIRECTORY)) {
            deletes.add(directory);
        }
    }

    /// A directory that may be empty.
    public void make(RelPath directory) {
        if (scope.target().capabilities().can(Verb.MAKE_DIRECTORY)) {
            transfers.submit(() -> effects.make(new Step.MakeDirectory(directory)));
        }
    }

    /// Entries that fall together with others, so that none of them is touched.
    public void clash(Side side, List<Entry> entries, String reason) {
        entries.forEach(entry -> {
            effects.skip(side, entry, reason);
            tally().failed(entry.path(), reason, Holds.NOTHING);
        });
    }

    /// A row of the memory that is about nothing any more.
    public void forget(String key) {
        effects.forget(key);
    }

    /// The listings ended, well or badly: does what waited for that.
    ///
    /// @param complete whether both listings told all
    public void finish(Census census, boolean complete) {
        checkers.await();
        postponed.decide(deletes, complete, this::renameLate, this::bringLater);
        if (suspects.arePossible()) {
            // Each is looked at in a lane for transfers, as it may have been found in one for checks.
            transfers.await();
            suspects.release(this::replace);
        }
        allKnown = true;
        beginOrdered();
        beginReplacements(census);
        if (lateRenames.areWanted()) {
            lateRenames.match(
                    deletes,
                    renames,
                    // What an incomplete listing lacks may be there still, and is nothing that was renamed.
                    complete ? this::renameLate : step -> transfer(step.source(), step.path(), Optional.empty()),
                    source -> transfer(source, source.path(), Optional.empty()));
        }
        scope.run().progress().scanned();
        transfers.await();
        effects.afterTransfers();
        boolean deleting = complete && mayDelete(census);
        if (deleting) {
            effects.deletes(deletes, transfers);
        } else if (!complete && !deletes.isEmpty()) {
            tally().warn("Nothing is deleted, as a listing does not tell all");
        }
        effects.afterDeletes(complete && !tally().isStopped());
    }

    private void renameLate(Step.Rename step) {
        if (!effects.rename(step)) {
            transfer(step.source(), step.path(), Optional.empty());
        }
    }

    private void beginOrdered() {
        Iterator<SpilledSort.Line> lines = ordered.sorted();
        if (Orders.isMixed(options().transfers().order())) {
            beginMixed(lines);
            return;
        }
        while (lines.hasNext()) {
            begin(lines.next().text());
        }
    }

    private void begin(String line) {
        if (StepLines.read(line) instanceof Step.Transfer step) {
            begin(step);
        }
    }

    /// From both ends by turns, so that some lanes are busy with the one kind and some with the other.
    private void beginMixed(Iterator<SpilledSort.Line> lines) {
        try (var all = new Spill(scope.run().spill(), "mixed")) {
            lines.forEachRemaining(line -> all.add(line.text()));
            Iterator<String> first = all.forward();
            Iterator<String> last = all.backward();
            for (long taken = 0; taken < all.count(); taken++) {
                begin(taken % 2 == 0 ? first.next() : last.next());
            }
        }
    }

    private void beginReplacements(Census census) {
        if (replacements.count() == 0) {
            return;
        }
        Optional<String> refusal = guard.replacements(replacements.count(), census.targetFiles());
        if (refusal.isPresent()) {
            tally().refuse(refusal.orElseThrow());
            return;
        }
        Iterator<String> lines = replacements.forward();
        while (lines.hasNext()) {
            if (StepLines.read(lines.next()) instanceof Step.Transfer step) {
                begin(step);
            }
        }
    }

    /// Whether nothing speaks against the deletes; what does is told.
    private boolean mayDelete(Census census) {
        long count = deletes.count();
        if (deletes.isEmpty() || tally().isRefused()) {
            return false;
        }
        Optional<String> refusal = guard.emptySource(census.sourceFiles(), count)
                .or(() -> guard.deletes(count, deletes.bytes(), census.targetFiles(), isKnown()));
        if (refusal.isPresent()) {
            tally().refuse(refusal.orElseThrow());
            return false;
        }
        boolean held = tally().isIncomplete()
                || tally().isStopped()
                || (tally().holdsDeletes() && !options().guards().ignoreErrors());
        if (held) {
            tally().warn(LaterDeletes.heldBack(deletes.waiting()));
        }
        return !held;
    }

    private boolean isKnown() {
        return scope.run().memory().standing() instanceof PairMemory.Standing.Known;
    }

    @Override
    public void close() {
        deletes.close();
        suspects.close();
        lateRenames.close();
        replacements.close();
        ordered.close();
    }
}
