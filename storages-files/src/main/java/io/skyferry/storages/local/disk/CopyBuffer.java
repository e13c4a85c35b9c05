package io.skyferry.storages.local.disk;

import io.skyferry.hash.Xxh128;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What bytes pass through on their way between files, with the hasher that sees them. Leased, never made for a call.
public final class CopyBuffer implements AutoCloseable {
    /// As many bytes as go at once from file to file: fits into a processor's second cache.
    public static final int SIZE = 256 * 1024;

    /// As many as a stream has: there are more streams at once than copies.
    public static final int STREAM_SIZE = 64 * 1024;

    /// Memory outside the heap is given back by a collection, which may be long in coming: what many streams leave is
    /// kept for the next.
    private static final Store WHOLE = new Store(SIZE, 8);

    private static final Store OF_STREAMS = new Store(STREAM_SIZE, 128);

    private final Store store;
    private final ByteBuffer bytes;
    private final MemorySegment segment;
    private final long address;
    private @Nullable Xxh128 hasher;
    private byte[] onHeap = new byte[0];

    /// Buffers of one size that nobody uses.
    ///
    /// @param most how many are kept
    private record Store(int size, int most, ConcurrentLinkedQueue<CopyBuffer> free, AtomicInteger count) {
        Store(int size, int most) {
            this(size, most, new ConcurrentLinkedQueue<>(), new AtomicInteger());
        }

        CopyBuffer lease() {
            CopyBuffer buffer = free.poll();
            if (buffer == null) {
                return new CopyBuffer(this);
            }
            count.decrementAndGet();
            if (buffer.hasher != null) {
                buffer.hasher.reset();
            }
            return buffer;
        }

        void giveBack(CopyBuffer buffer) {
            if (count.incrementAndGet() <= most) {
                free.add(buffer);
            } else {
                count.decrementAndGet();
            }
        }
    }

    private CopyBuffer(Store store) {
        this.store = store;
        this.bytes = ByteBuffer.allocateDirect(store.size());
        this.segment = MemorySegment.ofBuffer(bytes);
        this.address = segment.address();
    }

    /// One of [#SIZE] bytes that nobody else uses until it is closed.
    public static CopyBuffer lease() {
        return WHOLE.lease();
    }

    /// One of [#STREAM_SIZE] bytes that nobody else uses until it is closed.
    public static CopyBuffer leaseForStream() {
        return OF_STREAMS.lease();
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

    /// The hasher that goes with the buffer; made when it is first asked for, as streams need none.
    public Xxh128 hasher() {
        Xxh128 made = hasher;
        if (made == null) {
            made = new Xxh128();
            hasher = made;
        }
        return made;
    }

    /// As much again on the heap, for streams.
    public byte[] onHeap() {
        if (onHeap.length == 0) {
            onHeap = new byte[store.size()];
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
        store.giveBack(this);
    }
}
