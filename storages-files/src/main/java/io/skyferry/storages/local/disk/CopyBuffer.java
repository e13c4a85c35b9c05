package io.skyferry.storages.local.disk;

import io.skyferry.hash.Xxh128;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What bytes pass through on their way between files, with the hasher that sees them. Leased, never made for a call.
public final class CopyBuffer implements AutoCloseable {
    /// As many bytes as go at once: fits into a processor's second cache.
    public static final int SIZE = 256 * 1024;

    private static final int KEPT = 8;
    private static final ConcurrentLinkedQueue<CopyBuffer> FREE = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger FREE_COUNT = new AtomicInteger();

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE);
    private final MemorySegment segment = MemorySegment.ofBuffer(bytes);
    private final long address = segment.address();
    private final Xxh128 hasher = new Xxh128();
    private byte[] onHeap = new byte[0];

    private CopyBuffer() {}

    /// One that nobody else uses until it is closed.
    public static CopyBuffer lease() {
        CopyBuffer free = FREE.poll();
        if (free == null) {
            return new CopyBuffer();
        }
        FREE_COUNT.decrementAndGet();
        free.hasher.reset();
        return free;
    }

    /// The memory, for channels.
    public ByteBuffer bytes() {
        return bytes;
    }

    /// The memory, for hashers.
    public MemorySegment segment() {
        return segment;
    }

    long address() {
        return address;
    }

    /// The hasher that goes with the buffer.
    public Xxh128 hasher() {
        return hasher;
    }

    /// As much again on the heap, for streams.
    public byte[] onHeap() {
        if (onHeap.length == 0) {
            onHeap = new byte[SIZE];
        }
        return onHeap;
    }

    /// Whether a stretch holds nothing but zeros.
    public boolean isZero(int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (FREE_COUNT.incrementAndGet() <= KEPT) {
            FREE.add(this);
        } else {
            FREE_COUNT.decrementAndGet();
        }
    }
}
