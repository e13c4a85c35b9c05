package io.skyferry.memory;

import java.time.Duration;

/// Lets time pass, for those who wait for another process.
@FunctionalInterface
public interface Sleeper {
    /// Comes back after so long.
    void sleep(Duration time);
}
