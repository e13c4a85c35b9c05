package io.skyferry.http;

import io.skyferry.storage.CancelledException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// So many bytes for all buffers together, handed out in slabs of two sizes and taken back for the next.
///
/// One for the process: whoever gets none waits.
public final class ByteBudget {
    /// What a process has if nobody says otherwise.
    public static final long DEFAULT_BYTES = 64L << 20;
    /// Heads and small bodies.
    public static final int SMALL = 16 * 1024;
    /// Large bodies.
    public static final int BULK = 128 * 1024;

    private final long bytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ArrayDeque<byte[]> small = new ArrayDeque<>();
    private final ArrayDeque<byte[]> bulk = new ArrayDeque<>();
    private long made;
    private long leased;

    /// A budget of so many bytes.
    public ByteBudget(long bytes) {
        if (bytes < BULK + 4L * SMALL) {
            throw new IllegalArgumentException("Want a budget of at least 192 KiB but have %s bytes".formatted(bytes));
        }
        this.bytes = bytes;
    }

    /// A small slab; waits until there is one.
    ///
    /// @param patience in nanoseconds
    /// @return null if there was none in time
    /// @throws CancelledException if the thread is told to stop
    public byte @Nullable [] leaseSmall(long patience) {
        lock.lock();
        try {
            long left = patience;
            while (true) {
                byte[] slab = take(small, SMALL, 0);
                if (slab != null) {
                    return slab;
                }
                if (left <= 0) {
                    return null;
                }
                left = returned.awaitNanos(left);
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            var stop = new CancelledException("waiting for memory");
            stop.initCause(told);
            throw stop;
        } finally {
            lock.unlock();
        }
    }

    /// A large slab if one can be had at once; a quarter of the budget is left to small ones.
    public byte @Nullable [] tryLeaseBulk() {
        lock.lock();
        try {
            return take(bulk, BULK, bytes / 4);
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] take(ArrayDeque<byte[]> kept, int size, long reserve) {
        if (leased + size > bytes - reserve) {
            return null;
        }
        byte[] slab = kept.pollFirst();
        if (slab == null) {
            if (made + size > bytes) {
                small.clear();
                bulk.clear();
                made = leased;
            }
            slab = new byte[size];
            made += size;
        }
        leased += size;
        return slab;
    }

    /// Takes a slab back; nobody may use it any more.
    public void giveBack(byte[] slab) {
        lock.lock();
        try {
            (slab.length == SMALL ? small : bulk).addFirst(slab);
            leased -= slab.length;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes are in use.
    public long leased() {
        lock.lock();
        try {
            return leased;
        } finally {
            lock.unlock();
        }
    }

    /// How many bytes there are.
    public long bytes() {
        return bytes;
    }
}
