package io.skyferry.control.run;

import io.skyferry.limits.BandwidthSchedule;

/// What a run wants of the layers over its storages.
///
/// @param attempts for one call, the first one counted
/// @param bandwidth how fast bytes may go, all storages of the run together
public record StackWishes(int attempts, BandwidthSchedule bandwidth, Patience patience) {
    /// Three attempts at any speed.
    public static final StackWishes DEFAULTS = new StackWishes(3, BandwidthSchedule.UNLIMITED);

    /// For a person who waits for the answer.
    public static final StackWishes AT_ONCE = new StackWishes(1, BandwidthSchedule.UNLIMITED, Patience.SHORT);

    /// How long is waited for a server that does not answer.
    public enum Patience {
        /// As long as a run can wait that nobody looks at.
        USUAL,
        /// A few seconds.
        SHORT
    }

    /// With the usual patience.
    public StackWishes(int attempts, BandwidthSchedule bandwidth) {
        this(attempts, bandwidth, Patience.USUAL);
    }
}
