package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.Optional;
import java.util.function.Consumer;

/// A dry run: every step is told and none is done. Nothing is written, not even to the memory.
final class PlannedEffects implements Effects {
    private final Scope scope;
    private final Renames renames;
    private final Consumer<Step> sink;

    /// @param sink takes the steps, one at a time
    PlannedEffects(Scope scope, Renames renames, Consumer<Step> sink) {
        this.scope = scope;
        this.renames = renames;
        this.sink = sink;
    }

    private synchronized void tell(Step step) {
        scope.run().listener().on(new RunEvent.Planned(step));
        sink.accept(step);
    }

    @Override
    public void transfer(Step.Transfer step) {
        if (isRefused(step.path())) {
            return;
        }
        tell(step);
        moved(step.source(), Optional.empty());
    }

    /// Tells of a path that the target cannot have, as far as that is known without asking it.
    private boolean isRefused(RelPath path) {
        Optional<String> refusal = scope.target().capabilities().limits().refusal(path);
        refusal.ifPresent(reason -> scope.tally().failed(path, reason, Holds.NOTHING));
        return refusal.isPresent();
    }

    private void moved(Entry.File source, Optional<Entry.File> target) {
        if (scope.run().mode() == Mode.MOVE) {
            tell(new Step.DeleteSource(source, target));
        }
    }

    @Override
    public void copy(Step.CopyAtTarget step, OneWayRun.Reference from) {
        tell(step);
        moved(step.source(), Optional.empty());
    }

    @Override
    public boolean rename(Step.Rename step) {
        if (isRefused(step.path())) {
            return true;
        }
        renames.note(step);
        tell(step);
        return true;
    }

    @Override
    public void inStep(Entry.File source, Entry.File target, Judgement.By by, Optional<String> hash) {
        scope.tally().unchanged(source.path(), by.words());
        moved(source, Optional.of(target));
    }

    @Override
    public void setTime(Step.SetTime step, Optional<String> hash) {
        tell(step);
        moved(step.source(), Optional.empty());
    }

    @Override
    public void make(Step.MakeDirectory step) {
        tell(step);
    }

    @Override
    public void forget(String key) {
        // The memory is left as it is.
    }

    @Override
    public void skip(Side side, Entry entry, String reason) {
        // The memory is left as it is.
    }

    @Override
    public void afterTransfers() {
        // Nothing was transferred.
    }

    @Override
    public void deletes(LaterDeletes deletes, Lanes lanes) {
        deletes.forEachFile(file -> {
            if (!renames.movedAway(file.path())) {
                tell(new Step.DeleteTarget(file));
            }
        });
        deletes.forEachDirectory(directory -> tell(new Step.RemoveDirectory(directory)));
    }

    @Override
    public void afterDeletes(boolean complete) {
        // Nothing was left behind.
    }
}
