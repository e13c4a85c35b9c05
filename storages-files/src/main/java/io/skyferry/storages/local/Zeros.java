package io.skyferry.storages.local;

import io.skyferry.storages.local.disk.CopyBuffer;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import java.lang.foreign.MemorySegment;

/// Keeps stretches of zeros from taking room.
final class Zeros {
    /// Shorter stretches are written: a hole costs the file system an entry of its own.
    private static final int STRETCH = 64 * 1024;

    private Zeros() {}

    static void fill(CopyBuffer buffer) {
        MemorySegment all = buffer.segment();
        all.fill((byte) 0);
    }

    /// Whether what a buffer holds is zeros that are worth a hole.
    static boolean isAll(CopyBuffer buffer, int length) {
        return length >= STRETCH && buffer.isZero(0, length);
    }

    /// Writes what a buffer holds but for stretches of zeros that are aligned in the file.
    static void writeOthers(CopyBuffer buffer, int length, DiskFile target, long place) throws DiskException {
        int start = 0;
        int at = 0;
        while (at < length) {
            int toBorder = STRETCH - (int) ((place + at) % STRETCH);
            int step = Math.min(toBorder, length - at);
            if (step == STRETCH && buffer.isZero(at, step)) {
                write(buffer, start, at, target, place);
                start = at + step;
            }
            at += step;
        }
        write(buffer, start, length, target, place);
    }

    private static void write(CopyBuffer buffer, int from, int to, DiskFile target, long place) throws DiskException {
        if (to > from) {
            target.write(buffer, from, to - from, place + from);
        }
    }
}
