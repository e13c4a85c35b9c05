package io.skyferry.engine.run;

import java.time.Instant;

/// The time, and which boot of the machine this is: the engine asks nobody else.
public interface RunClock {
    /// Now.
    Instant now();

    /// What tells this boot of the machine from any other.
    String boot();
}
