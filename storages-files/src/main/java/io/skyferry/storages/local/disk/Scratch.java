package io.skyferry.storages.local.disk;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Memory outside of the heap for the arguments and answers of system calls, leased for each call.
///
/// It is read and written as a [ByteBuffer]: on a cold start that costs a fraction of what the variable handles of the
/// foreign memory interface do.
final class Scratch {
    /// The longest path that one call takes, in bytes, with its end mark.
    static final int PATH_BYTES = 4096;

    private static final int SLOTS = 64;
    private static final AtomicReferenceArray<Scratch> FREE = new AtomicReferenceArray<>(SLOTS);

    private static final int ERRNO_BYTES = 16;
    /// Where [Linux] puts what a look finds.
    static final int STATX_AT = 64;
    /// Where small structures go.
    static final int STRUCT_AT = 512;

    private static final int PATH_AT = 1024;
    private static final int OTHER_PATH_AT = PATH_AT + PATH_BYTES;
    private static final int SIZE = OTHER_PATH_AT + PATH_BYTES;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final MemorySegment errno;
    private final long address;

    private Scratch() {
        MemorySegment whole = MemorySegment.ofBuffer(memory);
        errno = whole.asSlice(0, ERRNO_BYTES);
        address = whole.address();
    }

    static Scratch take() {
        int home = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            Scratch free = FREE.getAndSet((home + i) & (SLOTS - 1), null);
            if (free != null) {
                return free;
            }
        }
        return new Scratch();
    }

    /// Gives it back; where all places are taken the collector frees it.
    void give() {
        int home = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            if (FREE.compareAndSet((home + i) & (SLOTS - 1), null, this)) {
                return;
            }
        }
    }

    ByteBuffer memory() {
        return memory;
    }

    MemorySegment errno() {
        return errno;
    }

    int lastErrno() {
        return memory.getInt(0);
    }

    long at(int place) {
        return address + place;
    }

    long path(byte[] path) throws DiskException {
        return put(path, 0, path.length, PATH_AT);
    }

    long path(byte[] bytes, int offset, int length) throws DiskException {
        return put(bytes, offset, length, PATH_AT);
    }

    long otherPath(byte[] path) throws DiskException {
        return put(path, 0, path.length, OTHER_PATH_AT);
    }

    private long put(byte[] bytes, int offset, int length, int place) throws DiskException {
        if (length >= PATH_BYTES) {
            throw Errno.failure(-Errno.ENAMETOOLONG);
        }
        memory.put(place, bytes, offset, length);
        memory.put(place + length, (byte) 0);
        return address + place;
    }
}
