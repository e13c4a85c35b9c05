package io.skyferry.layers;

import io.skyferry.storage.CancelledException;
import java.time.Duration;

/// Waits for real, in the thread that asks.
public final class ThreadSleeper implements Sleeper {
    @Override
    public void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw cancelled(told);
        }
    }

    private static CancelledException cancelled(InterruptedException told) {
        var stop = new CancelledException("waiting");
        stop.initCause(told);
        return stop;
    }
}
