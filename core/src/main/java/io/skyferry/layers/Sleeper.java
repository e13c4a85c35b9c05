package io.skyferry.layers;

import java.time.Duration;

/// The only way to wait.
@FunctionalInterface
public interface Sleeper {
    /// Waits.
    ///
    /// @throws io.skyferry.storage.CancelledException if the thread is told to stop; its interrupt flag
    ///     is set again
    void sleep(Duration time);
}
