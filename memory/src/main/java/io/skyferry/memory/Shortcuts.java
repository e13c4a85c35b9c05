package io.skyferry.memory;

import io.skyferry.engine.pair.Side;
import org.jspecify.annotations.Nullable;

/// What is known without asking the tables: mostly that they hold no such thing.
///
/// Each answer may err on the side of asking. Safe for many threads.
final class Shortcuts {
    private static final int BITS = 1 << 20;

    private final long[] identities;
    private volatile boolean unfinished;
    private volatile boolean intents;
    private volatile boolean skips;
    private volatile boolean leftIndexed;
    private volatile boolean rightIndexed;

    /// @param rows whether there are rows of earlier runs
    Shortcuts(boolean rows, Queries.Occupied occupied) {
        identities = new long[rows ? 0 : BITS / Long.SIZE];
        unfinished = occupied.unfinished();
        intents = occupied.intents();
        skips = occupied.skips();
        leftIndexed = occupied.leftMarks();
        rightIndexed = occupied.rightMarks();
    }

    /// A row is about to be written.
    void saw(Marks marks) {
        if (identities.length > 0) {
            saw(marks.left());
            saw(marks.right());
        }
    }

    private void saw(@Nullable Long mark) {
        if (mark != null) {
            int bit = bitOf(mark);
            synchronized (identities) {
                identities[bit / Long.SIZE] |= 1L << bit;
            }
        }
    }

    /// Whether a row may have an identity of this mark.
    boolean mayHave(long mark) {
        if (identities.length == 0) {
            return true;
        }
        int bit = bitOf(mark);
        synchronized (identities) {
            return (identities[bit / Long.SIZE] & (1L << bit)) != 0;
        }
    }

    private static int bitOf(long mark) {
        return (int) mark & (BITS - 1);
    }

    boolean mayHaveUnfinished() {
        return unfinished;
    }

    void sawUnfinished() {
        unfinished = true;
    }

    boolean mayHaveIntents() {
        return intents;
    }

    void sawIntent() {
        intents = true;
    }

    boolean mayHaveSkips() {
        return skips;
    }

    void sawSkip() {
        skips = true;
    }

    boolean isIndexed(Side side) {
        return switch (side) {
            case LEFT -> leftIndexed;
            case RIGHT -> rightIndexed;
        };
    }

    void sawIndexed(Side side) {
        switch (side) {
            case LEFT -> leftIndexed = true;
            case RIGHT -> rightIndexed = true;
        }
    }
}
