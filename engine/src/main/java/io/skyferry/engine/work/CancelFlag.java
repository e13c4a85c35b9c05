package io.skyferry.engine.work;

import io.skyferry.storage.CancelledException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Says whether a run is to stop. Raised once, by anybody; asked often, by all.
public final class CancelFlag {
    private final AtomicBoolean raised = new AtomicBoolean();

    /// Tells the run to stop.
    public void raise() {
        raised.set(true);
    }

    /// Whether the run is to stop.
    public boolean isRaised() {
        return raised.get();
    }

    /// Goes on only if the run is not to stop.
    ///
    /// @throws CancelledException if it is
    public void check(String doing) {
        if (raised.get()) {
            throw new CancelledException(doing);
        }
    }
}
