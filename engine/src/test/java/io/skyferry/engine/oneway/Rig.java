package io.skyferry.engine.oneway;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Storage;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two storages in memory, the memory of their pair, and runs from one to the other in the caller's thread.
final class Rig {
    final FakeClock clock = new FakeClock();
    final MemoryStorage source;
    final MemoryStorage target;
    final List<OneWayRun.Reference> references = new ArrayList<>();
    Optional<OneWayRun.Backup> backup = Optional.empty();
    Selection selection = Selection.everything();
    RunOptions options = RunOptions.DEFAULTS;
    HeldPairMemory memory = new HeldPairMemory();
    String boot = "boot-1";

    Rig() {
        this(Traits.DISK, Traits.DISK);
    }

    Rig(Traits left, Traits right) {
        source = new MemoryStorage("source", left, clock);
        target = new MemoryStorage("target", right, clock);
    }

    Report run(Mode mode) {
        return OneWay.run(runOf(mode, source, target, memory));
    }

    List<Step> plan(Mode mode) {
        List<Step> steps = new ArrayList<>();
        OneWay.plan(runOf(mode, source, target, memory), steps::add);
        return steps;
    }

    Report apply(Mode mode, List<Step> steps) {
        return OneWay.apply(runOf(mode, source, target, memory), steps.iterator());
    }

    OneWayRun runOf(Mode mode, Storage from, Storage to, PairMemory pair) {
        clock.advance(Duration.ofSeconds(10));
        return new OneWayRun(
                mode,
                from,
                to,
                pair,
                selection,
                options,
                backup,
                references,
                Path.of(System.getProperty("java.io.tmpdir"), "skyferry-rig"),
                new InlineWorkers(),
                new RunClock() {
                    @Override
                    public Instant now() {
                        return clock.get();
                    }

                    @Override
                    public String boot() {
                        return boot;
                    }
                },
                _ -> {},
                new Progress(),
                Map::of,
                new CancelFlag());
    }

    /// As the next process finds it after a run that ended well.
    void reopenMemory() {
        memory = HeldPairMemory.of(memory.snapshot());
    }
}
