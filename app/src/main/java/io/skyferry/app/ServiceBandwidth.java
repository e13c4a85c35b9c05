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
/// changed while runs go on.
final class ServiceBandwidth {
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Settings settings;
    private final LongSupplier nanoTime;
    private final BandwidthGate uploads;
    private final BandwidthGate downloads;
    private volatile Look last;

    private record Look(long nanos, BandwidthSchedule schedule) {}

    ServiceBandwidth(Settings settings, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.last = new Look(nanoTime.getAsLong(), settings.bandwidth());
        this.uploads = gate(BandwidthLimit::upload, clock);
        this.downloads = gate(BandwidthLimit::download, clock);
    }

    private BandwidthGate gate(Function<BandwidthLimit, OptionalLong> direction, InstantSource clock) {
        return new BandwidthGate(
                new ScheduledRate(this::schedule, direction, clock, nanoTime), nanoTime, new ThreadSleeper());
    }

    private BandwidthSchedule schedule() {
        Look seen = last;
        long now = nanoTime.getAsLong();
        if (now - seen.nanos() > FRESH_NANOS) {
            try {
                seen = new Look(now, settings.bandwidth());
            } catch (StoreException busy) {
                // What held a second ago holds for one more.
                seen = new Look(now, seen.schedule());
                System.getLogger(ServiceBandwidth.class.getName())
                        .log(System.Logger.Level.DEBUG, "The bandwidth could not be looked up", busy);
            }
            last = seen;
        }
        return seen.schedule();
    }

    /// A run's way through both gates.
    LayeredStorages.Shared forRun() {
        return new LayeredStorages.Shared(uploads.forParty(), downloads.forParty());
    }
}
