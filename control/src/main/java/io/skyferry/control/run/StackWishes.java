package io.skyferry.control.run;

import io.skyferry.limits.BandwidthSchedule;
import java.util.Optional;
import java.util.OptionalInt;

/// What a run wants of the layers over its storages.
///
/// @param attempts for one call, the first one counted; over a network each stands for several
/// @param callAttempts for one call, whatever the place; empty: as `attempts` says
/// @param bandwidth how fast bytes may go, all storages of the run together
/// @param calls how many calls may begin, all remote storages of the run together; empty: any number
public record StackWishes(int attempts, OptionalInt callAttempts, BandwidthSchedule bandwidth, Optional<Calls> calls) {
    /// Three attempts at any speed.
    public static final StackWishes DEFAULTS =
            new StackWishes(3, OptionalInt.empty(), BandwidthSchedule.UNLIMITED, Optional.empty());

    /// How many calls may begin.
    ///
    /// @param perSecond more than 0
    /// @param burst how many may begin at once after a rest, 1 or more
    public record Calls(double perSecond, int burst) {}
}
