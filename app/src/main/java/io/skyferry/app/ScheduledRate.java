package io.skyferry.app;

import io.skyferry.layers.BandwidthGate;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How many bytes a second may go in one direction now. A gate asks for each step: the timetable is looked at a few
/// times a second only.
final class ScheduledRate implements LongSupplier {
    private static final long FRESH_NANOS = 200_000_000;

    private final Supplier<BandwidthSchedule> schedule;
    private final Function<BandwidthLimit, OptionalLong> direction;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Look last;

    private record Look(long nanos, long rate) {}

    /// @param schedule asked for again and again: it may change
    ScheduledRate(
            Supplier<BandwidthSchedule> schedule,
            Function<BandwidthLimit, OptionalLong> direction,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.schedule = schedule;
        this.direction = direction;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.last = look(nanoTime.getAsLong());
    }

    private Look look(long now) {
        BandwidthLimit limit = schedule.get().limitAt(clock.instant().atZone(ZoneId.systemDefault()));
        return new Look(now, direction.apply(limit).orElse(BandwidthGate.UNLIMITED));
    }

    @Override
    public long getAsLong() {
        long now = nanoTime.getAsLong();
        Look seen = last;
        if (now - seen.nanos() > FRESH_NANOS) {
            seen = look(now);
            last = seen;
        }
        return seen.rate();
    }
}
