package io.skyferry.crypt.box;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Our own way to compute tags, until another has shown at the same blocks that it is right and faster.
///
/// Both compute every second block while they race; what ours gave is what counts. The other one is taken as soon as it
/// takes less time, and given up at its first wrong tag or failure, or where the race was long enough.
final class TagRace implements Tags {
    /// Bytes below which it hardly matters, and the clock says little.
    private static final int LEAST = 16 * 1024;

    /// Our own is compiled by then.
    private static final int FIRST_LOOK = 256;

    private static final int LAST_LOOK = 2048;

    private final Tags own;
    private final Tags warming;
    private final Tags whole;
    private final LongSupplier nanos;
    private final AtomicInteger turns = new AtomicInteger();
    private final LongAccumulator ownBest = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator otherBest = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final AtomicReference<@Nullable Tags> chosen = new AtomicReference<>();

    /// @param warming the other way, as it is called until it is taken
    /// @param whole as it is called from then on
    /// @param nanos a clock to measure with, as [System#nanoTime]
    TagRace(Tags own, Tags warming, Tags whole, LongSupplier nanos) {
        this.own = own;
        this.warming = warming;
        this.whole = whole;
        this.nanos = nanos;
    }

    /// A race with the JDK's own, where that can be called.
    static Tags withJdk(Tags own) {
        return JdkTags.warming()
                .<Tags>map(warming -> new TagRace(own, warming, JdkTags.whole().orElseThrow(), System::nanoTime))
                .orElse(own);
    }

    @Override
    public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        Tags known = chosen.get();
        if (length < LEAST) {
            own.tag(key, message, at, length, tag);
        } else if (known != null) {
            known.tag(key, message, at, length, tag);
        } else {
            race(key, message, at, length, tag);
        }
    }

    private void race(byte[] key, byte[] message, int at, int length, byte[] tag) {
        int turn = turns.incrementAndGet();
        ownBest.accumulate(timed(own, key, message, at, length, tag));
        if (turn % 2 == 0) {
            return;
        }
        if (!agrees(key, message, at, length, tag)) {
            // Whatever another thread takes it for.
            chosen.set(own);
        } else if (turn > FIRST_LOOK && otherBest.get() < ownBest.get()) {
            chosen.compareAndSet(null, whole);
        } else if (turn > LAST_LOOK) {
            chosen.compareAndSet(null, own);
        }
    }

    private boolean agrees(byte[] key, byte[] message, int at, int length, byte[] tag) {
        byte[] theirs = new byte[SecretBox.TAG];
        try {
            otherBest.accumulate(timed(warming, key, message, at, length, theirs));
        } catch (IllegalStateException broken) {
            // Ours has computed the tag; another Java may have changed what the other way calls.
            return false;
        }
        return Arrays.equals(theirs, tag);
    }

    /// How long it took: nanoseconds for a mebibyte.
    private long timed(Tags way, byte[] key, byte[] message, int at, int length, byte[] tag) {
        long start = nanos.getAsLong();
        way.tag(key, message, at, length, tag);
        return ((nanos.getAsLong() - start) << 20) / length;
    }
}
