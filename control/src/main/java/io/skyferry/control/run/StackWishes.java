package io.skyferry.control.run;

import io.skyferry.limits.BandwidthSchedule;

/// What a run wants of the layers over its storages.
///
/// @param attempts for one call, the first one counted
/// @param bandwidth how fast bytes may go, all storages of the run together
public record StackWishes(int attempts, BandwidthSchedule bandwidth) {
    /// Three attempts at any speed.
    public static final StackWishes DEFAULTS = new StackWishes(3, BandwidthSchedule.UNLIMITED);
}
