package io.skyferry.control.runs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks at a run again and again until it has ended, whichever process does it.
final class Following {
    private static final long EACH_MILLIS = 200;

    private Following() {}

    static Run toEnd(Runs runs, long id, Consumer<Run> each) {
        var never = new CountDownLatch(1);
        while (true) {
            Run now = runs.get(id);
            each.accept(now);
            if (now.state().isFinal()) {
                return now;
            }
            try {
                var _ = never.await(EACH_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return now;
            }
        }
    }
}
