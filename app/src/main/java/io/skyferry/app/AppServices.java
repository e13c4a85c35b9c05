package io.skyferry.app;

import io.skyferry.cli.Services;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.StackWishes;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.engine.work.Workers;
import java.nio.file.Path;
import java.time.InstantSource;

/// Puts the product together, each part when it is first asked for.
final class AppServices implements Services {
    private final Home home;
    private final InstantSource clock = InstantSource.system();

    AppServices(Home home) {
        this.home = home;
    }

    @Override
    public StorageOpener storages(StackWishes wishes) {
        return new LayeredStorages();
    }

    @Override
    public OneWayRuns oneWayRuns(StorageOpener storages) {
        return new OneWayRuns(
                storages, (left, right, patience) -> new HeldPairMemory(), workers(), new SystemRunClock(clock));
    }

    /// Disk calls hold on to their carrier, so that runs get threads of the platform.
    @Override
    public Workers workers() {
        return new ThreadWorkers(Thread.ofPlatform().daemon().factory());
    }

    @Override
    public Path newSpill() {
        return home.spill()
                .resolve("run-%s-%s".formatted(ProcessHandle.current().pid(), System.nanoTime()));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }
}
