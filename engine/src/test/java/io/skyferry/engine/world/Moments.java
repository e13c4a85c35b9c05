package io.skyferry.engine.world;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.SimulatedCrash;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The points of a run at which something may happen: before and after each call of a storage, in the middle of each
/// body, before and after each write to the memory.
final class Moments {
    /// Held through each call of a storage, so that a check and the effect it is about are one.
    final ReentrantLock lock = new ReentrantLock();

    private final FakeClock clock;
    private final Trace trace;
    private Meddler meddler = (_, _, _) -> {};
    private CancelFlag cancel = new CancelFlag();
    private long now;
    private long begun;
    private long crashAt = -1;
    private long cancelAt = -1;
    private boolean dead;
    private boolean running;
    private @Nullable Violation broken;

    /// Somebody who may change things at such a point.
    @FunctionalInterface
    interface Meddler {
        void at(String place, String what, RelPath path);
    }

    Moments(FakeClock clock, Trace trace) {
        this.clock = clock;
        this.trace = trace;
    }

    /// A run begins.
    ///
    /// @param dies at which of its points the process dies; -1: it lives
    /// @param cancelled at which of its points it is told to stop; -1: never
    void begin(Meddler meddling, CancelFlag flag, long dies, long cancelled) {
        begun = now;
        dead = false;
        running = true;
        meddler = meddling;
        cancel = flag;
        crashAt = dies < 0 ? -1 : now + dies;
        cancelAt = cancelled < 0 ? -1 : now + cancelled;
    }

    /// A point is reached.
    void pass(String place, String what, RelPath path) {
        lock.lock();
        try {
            if (dead) {
                throw new SimulatedCrash("earlier");
            }
            now++;
            clock.advance(Duration.ofMillis(1));
            trace.add(place, what, path.text());
            if (now == cancelAt) {
                cancel.raise();
            }
            if (now == crashAt) {
                dead = true;
                throw new SimulatedCrash("%s %s '%s'".formatted(place, what, path));
            }
            meddler.at(place, what, path);
        } finally {
            lock.unlock();
        }
    }

    /// Does something that no call and no edit comes between.
    void together(Runnable doing) {
        lock.lock();
        try {
            doing.run();
        } finally {
            lock.unlock();
        }
    }

    /// A rule was broken. What else goes wrong on other threads must not hide it.
    void broke(Violation violation) {
        if (broken == null) {
            broken = violation;
        }
    }

    void checkUnbroken() {
        if (broken != null) {
            throw broken;
        }
    }

    /// No run goes on.
    void end() {
        running = false;
        meddler = (_, _, _) -> {};
        crashAt = -1;
        cancelAt = -1;
        dead = false;
    }

    boolean isRunning() {
        return running;
    }

    long now() {
        return now;
    }

    /// How many points the run had.
    long passed() {
        return now - begun;
    }
}
