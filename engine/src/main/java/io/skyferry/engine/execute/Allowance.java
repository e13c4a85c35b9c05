package io.skyferry.engine.execute;

import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the user's limits still let begin. Asked by each transfer when a lane takes it up: what waits has not begun.
final class Allowance {
    private final Scope scope;
    private final Transfers limits;
    private final Instant begun;
    private long bytes;

    Allowance(Scope scope) {
        this.scope = scope;
        this.limits = scope.run().options().transfers();
        this.begun = scope.now();
    }

    /// Whether a transfer may begin. The first that may not is told, and stops the run; what has begun goes on.
    ///
    /// @param path at the target
    synchronized boolean lets(RelPath path, Entry.File source) {
        if (scope.tally().isStopped()) {
            return false;
        }
        long size = Math.max(0, source.size());
        if (limits.maxBytes().isPresent() && isReached(limits.maxBytes().orElseThrow(), size)) {
            stop(path, "--max-transfer");
            return false;
        }
        Optional<Duration> longest = limits.maxDuration();
        boolean tooLong =
                longest.isPresent() && Duration.between(begun, scope.now()).compareTo(longest.orElseThrow()) > 0;
        if (tooLong) {
            stop(path, "--max-duration");
            return false;
        }
        bytes += size;
        return true;
    }

    private boolean isReached(long limit, long size) {
        return switch (limits.cutoff()) {
            case BEFORE -> bytes + size > limit;
            case BEHIND -> bytes >= limit;
        };
    }

    private void stop(RelPath path, String option) {
        scope.tally().stop(path, "The limit of %s is reached: nothing further is begun".formatted(option));
    }
}
