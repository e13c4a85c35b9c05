package io.skyferry.cli.run;

import io.skyferry.engine.report.Progress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Has a display look at the progress of a run, at an even pace, on a thread of its own.
final class Ticker implements AutoCloseable {
    private final Progress progress;
    private final Display display;
    private final Duration pace;
    private final LongSupplier nanoTime;
    private final long began;
    private final RateMeter meter = new RateMeter();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /// Begins to tick.
    Ticker(Progress progress, Display display, Duration pace, LongSupplier nanoTime) {
        this.progress = progress;
        this.display = display;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.thread = Thread.ofPlatform().daemon().name("display").unstarted(this::tick);
        meter.rate(began, 0);
        thread.start();
    }

    private void tick() {
        try {
            while (!ended.await(pace.toNanos(), TimeUnit.NANOSECONDS)) {
                long now = nanoTime.getAsLong();
                Progress.Snapshot snapshot = progress.snapshot();
                display.show(new StatsText.Look(
                        snapshot, meter.rate(now, snapshot.bytesDone()), Duration.ofNanos(now - began)));
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
