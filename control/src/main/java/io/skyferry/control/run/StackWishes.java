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
/// @param patience with servers that do not answer
public record StackWishes(
        int attempts, OptionalInt callAttempts, BandwidthSchedule bandwidth, Optional<Calls> calls, Patience patience) {
    /// Three attempts at any speed.
    public static final StackWishes DEFAULTS = new StackWishes(3, BandwidthSchedule.UNLIMITED);

    /// For a person who waits for the answer.
    public static final StackWishes AT_ONCE =
            new StackWishes(1, OptionalInt.empty(), BandwidthSchedule.UNLIMITED, Optional.empty(), Patience.SHORT);

    /// How many calls may begin.
    ///
    /// @param perSecond more than 0
    /// @param burst how many may begin at once after a rest, 1 or more
    public record Calls(double perSecond, int burst) {}

    /// How long is waited for a server that does not answer.
    public enum Patience {
        /// As long as a run can wait that nobody looks at.
        USUAL,
        /// A few seconds.
        SHORT
    }

    /// With the usual patience, and any number of calls.
    public StackWishes(int attempts, BandwidthSchedule bandwidth) {
        this(attempts, OptionalInt.empty(), bandwidth, Optional.empty(), Patience.USUAL);
    }
}
