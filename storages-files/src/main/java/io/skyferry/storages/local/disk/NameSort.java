package io.skyferry.storages.local.disk;

/// Sorts packed names eight bytes at a time: names are read in order once for each eight bytes, and what is compared
/// are numbers that lie side by side.
final class NameSort {
    private static final int FEW = 16;

    private final NameTable names;
    private final int[] places;
    private final long[] words;
    private int turn;

    NameSort(NameTable names, int[] places, int size) {
        this.names = names;
        this.places = places;
        this.words = new long[size];
    }

    void run() {
        sortAt(0, words.length, 0);
    }

    /// Sorts names that are equal up to a depth.
    private void sortAt(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            words[i] = names.word(places[i], depth);
        }
        sort(from, to);
        int start = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || words[i] != words[start]) {
                // A word that is not full ends its name: names that share it are equal.
                if (i - start > 1 && (words[start] & 0xFF) != 0) {
                    sortAt(start, i, depth + Long.BYTES);
                }
                start = i;
            }
        }
    }

    /// Quicksort in three parts; the smaller ones by recursion, so that the stack stays shallow.
    private void sort(int from, int to) {
        int low = from;
        int high = to;
        while (high - low > FEW) {
            long pivot = pivot(low, high);
            int less = low;
            int greater = high;
            int i = low;
            while (i < greater) {
                if (words[i] < pivot) {
                    swap(i++, less++);
                } else if (words[i] > pivot) {
                    swap(i, --greater);
                } else {
                    i++;
                }
            }
            if (less - low < high - greater) {
                sort(low, less);
                low = greater;
            } else {
                sort(greater, high);
                high = less;
            }
        }
        insert(low, high);
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long word = words[i];
            int place = places[i];
            int at = i - 1;
            while (at >= from && words[at] > word) {
                words[at + 1] = words[at];
                places[at + 1] = places[at];
                at--;
            }
            words[at + 1] = word;
            places[at + 1] = place;
        }
    }

    /// The middle one of three from places that shift each time, so that no arrangement of names is bad for all.
    private long pivot(int low, int high) {
        int step = (high - low) / 4;
        turn = turn * 1_103_515_245 + 12_345;
        int shift = (turn >>> 8) % Math.max(1, step);
        long a = words[low + shift];
        long b = words[low + step + shift];
        long c = words[low + 2 * step + shift];
        return a < b ? (b < c ? b : Math.max(a, c)) : (a < c ? a : Math.max(b, c));
    }

    private void swap(int a, int b) {
        long word = words[a];
        words[a] = words[b];
        words[b] = word;
        int place = places[a];
        places[a] = places[b];
        places[b] = place;
    }
}
