package io.skyferry.app;

import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.StoreException;
import io.skyferry.layers.BandwidthGate;
import io.skyferry.layers.ThreadSleeper;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What all runs of a service share: one gate for what goes up and one for what comes down, by a setting that may be
/// changed while runs go on. Of several services on one database each has an equal part while it has runs.
final class ServiceBandwidth {
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Settings settings;
    private final LongSupplier processes;
    private final LongSupplier nanoTime;
    private final BandwidthGate uploads;
    private final BandwidthGate downloads;
    private volatile Look last;

    /// @param processes among which the rate is shared
    private record Look(long nanos, BandwidthSchedule schedule, long processes) {}

    /// @param processes how many have runs that go on, this one or others
    ServiceBandwidth(Settings settings, LongSupplier processes, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.processes = processes;
        this.nanoTime = nanoTime;
        this.last = look(nanoTime.getAsLong());
        this.uploads = gate(BandwidthLimit::upload, clock);
        this.downloads = gate(BandwidthLimit::download, clock);
    }

    private BandwidthGate gate(Function<BandwidthLimit, OptionalLong> direction, InstantSource clock) {
        return new BandwidthGate(
                new ScheduledRate(() -> now().schedule(), limit -> share(direction.apply(limit)), clock, nanoTime),
                nanoTime,
                new ThreadSleeper());
    }

    /// The part of a rate that this process has.
    OptionalLong share(OptionalLong rate) {
        return rate.isEmpty() ? rate : OptionalLong.of(Math.max(1, rate.orElseThrow() / now().processes()));
    }

    private Look look(long now) {
        return new Look(now, settings.bandwidth(), Math.max(1, processes.getAsLong()));
    }

    private Look now() {
        Look seen = last;
        long now = nanoTime.getAsLong();
        if (now - seen.nanos() > FRESH_NANOS) {
            try {
                seen = look(now);
            } catch (StoreException busy) {
                // What held a second ago holds for one more.
                seen = new Look(now, seen.schedule(), seen.processes());
                System.getLogger(ServiceBandwidth.class.getName())
                        .log(System.Logger.Level.DEBUG, "The bandwidth could not be looked up", busy);
            }
            last = seen;
        }
        return seen;
    }

    /// A run's way through both gates.
    LayeredStorages.Shared forRun() {
        return new LayeredStorages.Shared(uploads.forParty(), downloads.forParty());
    }
}
