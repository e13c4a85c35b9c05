package io.skyferry.layers;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets calls begin at a rate: for accounts that count calls and are shared with others.
///
/// Stands below retry, so that every attempt takes a turn. [Pace] finds out by itself what a place can take; this is
/// what the user wants.
public final class CallRateInterceptor implements Interceptor {
    private static final double NANOS = 1e9;

    private final long stepNanos;
    private final long aheadNanos;
    private final LongSupplier nanos;
    private final Sleeper sleeper;
    private long nextAt;

    /// @param callsPerSecond more than 0
    /// @param burst how many may begin at once after a rest, 1 or more
    /// @param nanos a clock that only goes forward
    public CallRateInterceptor(double callsPerSecond, int burst, LongSupplier nanos, Sleeper sleeper) {
        if (!(callsPerSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "Want more than 0 calls a second and a burst of at least 1 but have %s, %s"
                            .formatted(callsPerSecond, burst));
        }
        this.stepNanos = Math.max(1, Math.round(NANOS / callsPerSecond));
        this.aheadNanos = stepNanos * (burst - 1);
        this.nanos = nanos;
        this.sleeper = sleeper;
        this.nextAt = nanos.getAsLong();
    }

    @Override
    public <R> R around(Call<R> call) {
        long wait = turn();
        if (wait > 0) {
            sleeper.sleep(Duration.ofNanos(wait));
        }
        return call.proceed();
    }

    /// How long until this call may begin; the next one comes a step later.
    private synchronized long turn() {
        long now = nanos.getAsLong();
        if (nextAt - now < -aheadNanos) {
            nextAt = now - aheadNanos;
        }
        long at = nextAt;
        nextAt += stepNanos;
        return at - now;
    }
}
