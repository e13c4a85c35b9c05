package io.skyferry.control.run;

import io.skyferry.engine.oneway.OneWay;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.Workers;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs one-way tasks: opens what a task names, hands it to the engine, and closes it.
public final class OneWayRuns {
    private final StorageOpener opener;
    private final PairMemories memories;
    private final Workers workers;
    private final RunClock clock;

    /// Runs on these.
    public OneWayRuns(StorageOpener opener, PairMemories memories, Workers workers, RunClock clock) {
        this.opener = opener;
        this.memories = memories;
        this.workers = workers;
        this.clock = clock;
    }

    /// Does the task.
    ///
    /// @param spill a folder for what does not fit into memory
    /// @throws RefusedException if the places of the task cannot go together
    /// @throws io.skyferry.engine.pair.PairInUseException if another run works on the pair
    public Report run(OneWayTask task, Path spill, Watch watch) {
        return with(task, spill, watch, run -> {
            Report report = OneWay.run(run);
            return task.emptied() == OneWayTask.Emptied.GO ? EmptiedSource.clear(run, report) : report;
        });
    }

    /// Tells what the task would do, and does nothing.
    ///
    /// @param sink takes the places once they are open, then the steps in their order
    /// @return the report of looking; what would be done is the sink's to count
    /// @throws RefusedException if the places of the task cannot go together
    /// @throws io.skyferry.engine.pair.PairInUseException if another run works on the pair
    public Report plan(OneWayTask task, Path spill, Watch watch, PlanSink sink) {
        return with(task, spill, watch, run -> {
            sink.begin(PlannedPlaces.of(run), run.target().capabilities());
            return OneWay.plan(run, sink);
        });
    }

    /// Takes a plan as it is made.
    public interface PlanSink extends Consumer<Step> {
        /// Told where the plan is made, before its first step.
        ///
        /// @param target what it can do, as that tells what steps cost
        void begin(PlannedPlaces places, Capabilities target);
    }

    /// Does the steps of a saved plan and nothing else.
    ///
    /// @throws RefusedException if the places are not those that the plan was made for
    /// @throws io.skyferry.engine.pair.PairInUseException if another run works on the pair
    public Report apply(OneWayTask task, PlannedPlaces places, Iterator<Step> steps, Path spill, Watch watch) {
        return with(task, spill, watch, run -> {
            PlannedPlaces.of(run).refuseUnless(places);
            return OneWay.apply(run, steps);
        });
    }

    /// An account takes no files, though its buckets do.
    private static void refuseUnlessWritable(Storage target) {
        if (!target.capabilities().can(Verb.WRITE)) {
            throw new RefusedException(
                    "Want a target that takes files but have '%s'; of an account name a bucket, 's3:bucket/path'"
                            .formatted(target.displayName()));
        }
    }

    private Report with(OneWayTask task, Path spill, Watch watch, Function<OneWayRun, Report> engine) {
        List<Storage> opened = new ArrayList<>();
        try (Places.Opened source = new Places(opener).open(task.source(), task.selection());
                Storage target = opener.open(task.target())) {
            refuseUnlessWritable(target);
            Overlap.refuse(task.mode(), source.storage().identity(), target.identity(), source.selection());
            Places.proveKey(source.storage());
            EncryptedAbove.refuse(task.target(), opener);
            Places.proveKey(target);
            Optional<OneWayRun.Backup> backup =
                    task.backup().map(wanted -> BackupPlaces.open(wanted, task, source.storage(), target, opener));
            backup.ifPresent(one -> opened.add(one.storage()));
            List<OneWayRun.Reference> references = new ArrayList<>();
            for (OneWayTask.Reference one : task.references()) {
                Storage storage = opener.open(one.place());
                opened.add(storage);
                Places.proveKey(storage);
                references.add(new OneWayRun.Reference(storage, one.copies()));
            }
            try (PairMemory memory = memories.open(source.storage().identity(), target.identity(), task.patience())) {
                return engine.apply(new OneWayRun(
                        task.mode(),
                        source.storage(),
                        target,
                        memory,
                        source.selection(),
                        task.options(),
                        backup,
                        references,
                        spill,
                        workers,
                        clock,
                        watch.listener(),
                        watch.progress(),
                        opener::requests,
                        watch.cancel()));
            }
        } finally {
            opened.forEach(Storage::close);
        }
    }
}
