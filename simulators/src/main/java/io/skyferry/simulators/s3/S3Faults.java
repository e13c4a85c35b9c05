package io.skyferry.simulators.s3;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Trouble to come: for named calls, or by dice.
public final class S3Faults {
    private final List<Due> dues = new ArrayList<>();
    private @Nullable SplittableRandom dice;
    private int perThousand;
    private S3Fault often = S3Fault.slowDown();

    private record Due(String operation, S3Fault fault) {}

    /// Nothing goes wrong until it is told to.
    S3Faults() {}

    /// The next call of this name goes wrong.
    ///
    /// @param operation its name in Amazon's reference
    public synchronized S3Faults next(String operation, S3Fault fault) {
        dues.add(new Due(operation, fault));
        return this;
    }

    /// The next calls of this name go wrong.
    public synchronized S3Faults next(int times, String operation, S3Fault fault) {
        for (int i = 0; i < times; i++) {
            next(operation, fault);
        }
        return this;
    }

    /// So many calls of a thousand go wrong, the same for the same seed.
    public synchronized void often(long seed, int ofThousand, S3Fault fault) {
        dice = new SplittableRandom(seed);
        perThousand = ofThousand;
        often = fault;
    }

    /// No more.
    public synchronized void stop() {
        dues.clear();
        dice = null;
    }

    synchronized Optional<S3Fault> due(String operation) {
        for (Iterator<Due> all = dues.iterator(); all.hasNext(); ) {
            Due due = all.next();
            if (due.operation().equals(operation)) {
                all.remove();
                return Optional.of(due.fault());
            }
        }
        SplittableRandom thrown = dice;
        return thrown != null && thrown.nextInt(1000) < perThousand ? Optional.of(often) : Optional.empty();
    }
}
