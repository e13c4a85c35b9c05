package io.skyferry.control.run;

import io.skyferry.engine.pair.PairInUseException;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Workers;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs checks: opens what is named, hands it over, and closes it.
public final class Checks {
    private final StorageOpener opener;
    private final PairMemories memories;
    private final Workers workers;
    private final RunClock clock;

    /// Runs on these.
    public Checks(StorageOpener opener, PairMemories memories, Workers workers, RunClock clock) {
        this.opener = opener;
        this.memories = memories;
        this.workers = workers;
        this.clock = clock;
    }

    /// What hears of a check.
    ///
    /// @param notices for the user
    public record Watch(Check.Findings findings, Consumer<String> notices, CancelFlag cancel) {}

    /// Says where two places differ.
    ///
    /// @param spill a folder for what does not fit into memory
    public void run(StorageSpec source, StorageSpec target, Check.Wishes wishes, Path spill, Watch watch) {
        try (Places.Opened from = new Places(opener).open(source, wishes.selection());
                Places.Opened to = new Places(opener).open(target, wishes.selection());
                Held held = remembered(from.storage(), to.storage(), watch)) {
            new Check(
                            from.storage(),
                            to.storage(),
                            wishes.selecting(from.selection()),
                            new Check.Remembered(held.memory(), clock.boot()),
                            watch.findings(),
                            watch.cancel())
                    .run(workers, spill);
        }
    }

    /// The memory for as long as it is needed.
    private record Held(Optional<PairMemory> memory) implements AutoCloseable {
        @Override
        public void close() {
            memory.ifPresent(PairMemory::close);
        }
    }

    /// The memory is asked about encrypted places alone: without it all of their content is read. It is left as it is.
    private Held remembered(Storage source, Storage target, Watch watch) {
        Places.proveKey(source);
        Places.proveKey(target);
        boolean encrypted =
                !source.identity().key().isEmpty() || !target.identity().key().isEmpty();
        if (!encrypted) {
            return new Held(Optional.empty());
        }
        try {
            return new Held(Optional.of(memories.open(source.identity(), target.identity(), Duration.ZERO)));
        } catch (PairInUseException inUse) {
            watch.notices()
                    .accept("All content is read, as what is remembered of the two places is in use: "
                            + inUse.getMessage());
            return new Held(Optional.empty());
        }
    }
}
