package io.skyferry.cli.run;

import java.util.ArrayDeque;
import java.util.Deque;

/// How fast bytes went over the last seconds.
final class RateMeter {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long bytes) {}

    /// Takes a look.
    ///
    /// @param bytes since the run began
    /// @return bytes a second
    double rate(long nanos, long bytes) {
        samples.addLast(new Sample(nanos, bytes));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long passed = nanos - first.nanos();
        return passed <= 0 ? 0 : Math.max(0, bytes - first.bytes()) * 1e9 / passed;
    }
}
