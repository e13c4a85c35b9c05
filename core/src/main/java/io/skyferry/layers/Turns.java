package io.skyferry.layers;

import io.skyferry.storage.CancelledException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets so many threads in at once, first come first served; how many may change at any time.
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> queue = new ArrayDeque<>();
    private int most;
    private int inside;

    Turns(int most) {
        this.most = most;
    }

    /// Waits for a turn.
    ///
    /// @throws CancelledException if the thread is told to stop; its interrupt flag is set again
    void enter() {
        lock.lock();
        try {
            if (inside >= most || !queue.isEmpty()) {
                await();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        Condition mine = lock.newCondition();
        queue.addLast(mine);
        try {
            do {
                mine.await();
            } while (inside >= most || !mine.equals(queue.peekFirst()));
            queue.removeFirst();
            wakeNextIf(inside + 1 < most);
        } catch (InterruptedException told) {
            queue.remove(mine);
            wakeNextIf(inside < most);
            Thread.currentThread().interrupt();
            throw cancelled(told);
        }
    }

    private static CancelledException cancelled(InterruptedException told) {
        var stop = new CancelledException("waiting for a turn");
        stop.initCause(told);
        return stop;
    }

    /// Gives the turn back.
    void leave() {
        lock.lock();
        try {
            inside--;
            wakeNextIf(inside < most);
        } finally {
            lock.unlock();
        }
    }

    /// Lets so many in from now on; those that are inside stay.
    void allow(int other) {
        lock.lock();
        try {
            most = other;
            wakeNextIf(inside < most);
        } finally {
            lock.unlock();
        }
    }

    /// How many wait for a turn.
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void wakeNextIf(boolean room) {
        Condition next = queue.peekFirst();
        if (room && next != null) {
            next.signal();
        }
    }
}
