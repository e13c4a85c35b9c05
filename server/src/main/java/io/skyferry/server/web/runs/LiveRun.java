package io.skyferry.server.web.runs;

import io.skyferry.control.runs.Run;
import io.skyferry.server.web.Shown;
import java.time.Duration;
import java.util.Optional;

/// A run and how fast it is.
///
/// @param bytesPerSecond now, or on the whole where it has ended
/// @param left how long it still takes, where that can be said
public record LiveRun(Run run, double bytesPerSecond, Optional<Duration> left) {
    /// The speed in words.
    public String speed() {
        return Shown.bytes(Math.round(bytesPerSecond)) + "/s";
    }

    /// What is left in words; empty text where nobody can say.
    public String leftWords() {
        return left.map(time -> Shown.duration(time) + " left").orElse("");
    }
}
