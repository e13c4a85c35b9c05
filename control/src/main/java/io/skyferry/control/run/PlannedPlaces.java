package io.skyferry.control.run;

import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.StorageIdentity;

/// Where a plan was made: the same words must hold when it is applied.
///
/// @param source what names the source's root, and what holds it
/// @param target the same for the target
public record PlannedPlaces(String source, String target) {
    static PlannedPlaces of(OneWayRun run) {
        return new PlannedPlaces(
                words(run.source().identity()), words(run.target().identity()));
    }

    private static String words(StorageIdentity identity) {
        return identity.volume().isEmpty()
                ? identity.canonical()
                : "%s on %s".formatted(identity.canonical(), identity.volume());
    }

    /// Goes on only where these are the places of the plan.
    ///
    /// @throws RefusedException if they are not
    void refuseUnless(PlannedPlaces planned) {
        refuseUnless("source", planned.source(), source);
        refuseUnless("target", planned.target(), target);
    }

    private static void refuseUnless(String side, String planned, String now) {
        if (!planned.equals(now)) {
            throw new RefusedException("The plan was made for another %s: want '%s' but have '%s'. Nothing was done"
                    .formatted(side, planned, now));
        }
    }
}
