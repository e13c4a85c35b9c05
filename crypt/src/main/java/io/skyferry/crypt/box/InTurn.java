package io.skyferry.crypt.box;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// A kernel whose first calls run one after another.
///
/// Until the optimising compiler is done with them, its loops take ten times as long. Threads that wait their turn
/// then cost nothing; threads that run slow code side by side cost all that time each, and keep the compiler from the
/// processor.
final class InTurn implements SecretBoxKernel {
    private final SecretBoxKernel inner;
    private final AtomicInteger callsLeft;
    private final ReentrantLock turn = new ReentrantLock();

    /// @param calls how many run one after another
    InTurn(SecretBoxKernel inner, int calls) {
        this.inner = inner;
        this.callsLeft = new AtomicInteger(calls);
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        boolean held = waited();
        try {
            inner.xor(state, from, fromAt, to, toAt, length);
        } finally {
            leave(held);
        }
    }

    @Override
    public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        boolean held = waited();
        try {
            inner.tag(key, message, at, length, tag);
        } finally {
            leave(held);
        }
    }

    private boolean waited() {
        if (callsLeft.get() <= 0) {
            return false;
        }
        turn.lock();
        callsLeft.decrementAndGet();
        return true;
    }

    private void leave(boolean held) {
        if (held) {
            turn.unlock();
        }
    }
}
