package io.skyferry.layers;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Lets bytes through at a rate that may change at any time: one of a hierarchy of process, connection
/// and task.
///
/// A token bucket with a burst of a fifth of a second, which starts empty. Streams pass one after the
/// other in the order they came, and each takes small steps, so that all have equal shares.
public final class BandwidthGate {
    /// Stands for no limit.
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long NANOS = 1_000_000_000;
    private static final long LOOK_AGAIN_NANOS = 100_000_000;
    private static final int SMALLEST_STEP = 256;
    private static final int LARGEST_STEP = 256 * 1024;
    /// With so many steps a second the shares of 64 streams differ little within seconds.
    private static final int STEPS_A_SECOND = 256;

    private final LongSupplier bytesPerSecond;
    private final LongSupplier nanos;
    private final Sleeper sleeper;
    private final Turns turns = new Turns(1);
    private final Optional<BandwidthGate> shared;
    private double tokens;
    private long filledAt;

    /// @param bytesPerSecond asked again and again, so that a change is felt at once; [#UNLIMITED] for no
    ///     limit, 0 to let nothing through
    /// @param nanos a clock that only goes forward
    public BandwidthGate(LongSupplier bytesPerSecond, LongSupplier nanos, Sleeper sleeper) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.sleeper = sleeper;
        this.filledAt = nanos.getAsLong();
        this.shared = Optional.empty();
    }

    private BandwidthGate(BandwidthGate shared) {
        this.bytesPerSecond = shared.bytesPerSecond;
        this.nanos = shared.nanos;
        this.sleeper = shared.sleeper;
        this.shared = Optional.of(shared);
    }

    /// A way through this gate for one of several parties, such as a run: however many streams it has, one of them at a
    /// time stands in the queue here, so that parties have equal shares.
    public BandwidthGate forParty() {
        return new BandwidthGate(this);
    }

    /// Whether there is a limit now.
    public boolean isLimited() {
        return bytesPerSecond.getAsLong() != UNLIMITED;
    }

    /// How many bytes a stream should take in one step at the rate of now.
    public int step() {
        long rate = bytesPerSecond.getAsLong();
        return Math.clamp(rate / STEPS_A_SECOND, SMALLEST_STEP, LARGEST_STEP);
    }

    /// Waits until so many bytes may pass.
    ///
    /// @throws io.skyferry.storage.CancelledException if the thread is told to stop
    public void pass(long bytes) {
        if (!isLimited()) {
            return;
        }
        turns.enter();
        try {
            if (shared.isPresent()) {
                shared.orElseThrow().pass(bytes);
                return;
            }
            while (true) {
                long rate = bytesPerSecond.getAsLong();
                if (rate == UNLIMITED) {
                    tokens = 0;
                    filledAt = nanos.getAsLong();
                    return;
                }
                fill(rate);
                if (tokens > 0) {
                    tokens -= bytes;
                    return;
                }
                sleeper.sleep(Duration.ofNanos(untilTokens(rate)));
            }
        } finally {
            turns.leave();
        }
    }

    /// How many streams wait behind the one whose turn it is.
    int waiting() {
        return turns.waiting();
    }

    private void fill(long rate) {
        long now = nanos.getAsLong();
        double come = (double) rate * (now - filledAt) / NANOS;
        tokens = Math.min(rate / 5.0, tokens + come);
        filledAt = now;
    }

    private long untilTokens(long rate) {
        double wait = rate <= 0 ? LOOK_AGAIN_NANOS : (1 - tokens) * NANOS / rate;
        return (long) Math.clamp(wait, 1, LOOK_AGAIN_NANOS);
    }
}
