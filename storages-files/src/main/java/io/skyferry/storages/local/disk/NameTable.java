package io.skyferry.storages.local.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The names of one directory, packed and sorted by their bytes. A million of them take some 35 MiB, a few take little.
///
/// An entry is a mark, its length in two bytes, its bytes; entries lie in chunks, so that growing copies nothing.
public final class NameTable {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int HEAD = 3;
    private static final int FEW = 64;

    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] last = new byte[0];
    private int fill;
    private int[] places = new int[FEW];
    private int size;

    /// Takes a name.
    ///
    /// @param mark what the caller wants to know of it later
    /// @param suffix sorted as part of the name
    public void add(int mark, byte[] bytes, int offset, int length, byte[] suffix) {
        int needed = HEAD + length + suffix.length;
        if (fill + needed > last.length) {
            grow(needed);
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size + (size >> 1));
        }
        int whole = length + suffix.length;
        places[size++] = ((chunks.size() - 1) << CHUNK_BITS) | fill;
        last[fill] = (byte) mark;
        last[fill + 1] = (byte) whole;
        last[fill + 2] = (byte) (whole >> 8);
        System.arraycopy(bytes, offset, last, fill + HEAD, length);
        System.arraycopy(suffix, 0, last, fill + HEAD + length, suffix.length);
        fill += needed;
    }

    /// The first chunk begins small and doubles: most directories hold little.
    private void grow(int needed) {
        if (chunks.size() == 1 && last.length < CHUNK) {
            last = Arrays.copyOf(last, Math.min(CHUNK, Math.max(2 * last.length, fill + needed)));
            chunks.set(0, last);
            if (fill + needed <= last.length) {
                return;
            }
        }
        last = new byte[chunks.isEmpty() ? Math.max(needed, FEW * 32) : CHUNK];
        chunks.add(last);
        fill = 0;
    }

    /// Forgets all names; the memory is kept for the next directory.
    public void clear() {
        while (chunks.size() > 1) {
            chunks.removeLast();
        }
        last = chunks.isEmpty() ? last : chunks.getFirst();
        fill = 0;
        size = 0;
    }

    /// How many names there are.
    public int size() {
        return size;
    }

    /// The mark of a name.
    public int mark(int index) {
        int place = places[index];
        return chunks.get(place >>> CHUNK_BITS)[place & (CHUNK - 1)];
    }

    /// How many bytes a name has, with its suffix.
    public int length(int index) {
        int place = places[index];
        byte[] chunk = chunks.get(place >>> CHUNK_BITS);
        return length(chunk, place & (CHUNK - 1));
    }

    private static int length(byte[] chunk, int at) {
        return (chunk[at + 1] & 0xFF) | (chunk[at + 2] & 0xFF) << 8;
    }

    /// Copies a name with its suffix.
    public void copyTo(int index, byte[] into, int offset) {
        int place = places[index];
        byte[] chunk = chunks.get(place >>> CHUNK_BITS);
        int at = place & (CHUNK - 1);
        System.arraycopy(chunk, at + HEAD, into, offset, length(chunk, at));
    }

    /// Sorts by bytes, unsigned.
    public void sort() {
        if (size > 1) {
            new NameSort(this, places, size).run();
        }
    }

    /// Eight bytes of a name as a number that sorts as they do; what is missing counts as zero, which no name holds.
    long word(int place, int depth) {
        byte[] chunk = chunks.get(place >>> CHUNK_BITS);
        int at = place & (CHUNK - 1);
        int left = length(chunk, at) - depth;
        int from = at + HEAD + depth;
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | (i < left ? chunk[from + i] & 0xFF : 0);
        }
        return word ^ Long.MIN_VALUE;
    }
}
