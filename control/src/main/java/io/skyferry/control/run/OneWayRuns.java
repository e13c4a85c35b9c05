package io.skyferry.control.run;

import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.Workers;
import io.skyferry.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Runs one-way tasks: opens what a task names, hands it to the engine, and closes it.
public final class OneWayRuns {
    private final StorageOpener opener;
    private final PairMemories memories;
    private final Workers workers;
    private final RunClock clock;
    private final Function<OneWayRun, Report> engine;

    /// Runs on these.
    public OneWayRuns(
            StorageOpener opener,
            PairMemories memories,
            Workers workers,
            RunClock clock,
            Function<OneWayRun, Report> engine) {
        this.opener = opener;
        this.memories = memories;
        this.workers = workers;
        this.clock = clock;
        this.engine = engine;
    }

    /// Does the task.
    ///
    /// @param spill a folder for what does not fit into memory
    /// @throws RefusedException if the places of the task cannot go together
    /// @throws io.skyferry.engine.pair.PairInUseException if another run works on the pair
    public Report run(OneWayTask task, Path spill, Watch watch) {
        var places = new Places(opener);
        List<Storage> opened = new ArrayList<>();
        try (Places.Opened source = places.open(task.source(), task.selection());
                Storage target = opener.open(task.target())) {
            Overlap.refuse(task.mode(), source.storage().identity(), target.identity(), source.selection());
            Optional<OneWayRun.Backup> backup = task.backup().map(wanted -> BackupPlaces.open(wanted, task, target, opener));
            backup.ifPresent(one -> opened.add(one.storage()));
            List<OneWayRun.Reference> references = task.references().stream()
                    .map(one -> new OneWayRun.Reference(opener.open(one.place()), one.copies()))
                    .toList();
            references.forEach(one -> opened.add(one.storage()));
            try (PairMemory memory =
                    memories.open(source.storage().identity(), target.identity(), task.patience())) {
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
