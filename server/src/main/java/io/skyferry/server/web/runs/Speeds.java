package io.skyferry.server.web.runs;

import io.skyferry.control.runs.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How fast runs are: over the last seconds where somebody looked before, else since they began.
public final class Speeds {
    private static final Duration YOUNG = Duration.ofSeconds(2);
    private static final Duration OLD = Duration.ofSeconds(30);
    private static final int MOST = 1000;

    private final Map<Long, Look> looks = new ConcurrentHashMap<>();

    private record Look(Instant at, long bytes, double speed) {}

    /// Bytes a second.
    public double of(Run run, Instant now) {
        if (run.state().isFinal() || run.started().isEmpty()) {
            looks.remove(run.id());
            return average(run, now);
        }
        if (looks.size() > MOST) {
            looks.clear();
        }
        return looks.compute(run.id(), (_, before) -> look(Optional.ofNullable(before), run, now))
                .speed();
    }

    private static Look look(Optional<Look> before, Run run, Instant now) {
        long bytes = run.progress().bytesDone();
        if (before.isEmpty()) {
            return new Look(now, bytes, average(run, now));
        }
        Look last = before.orElseThrow();
        Duration passed = Duration.between(last.at(), now);
        if (passed.compareTo(YOUNG) < 0) {
            return last;
        }
        boolean stale = passed.compareTo(OLD) > 0 || bytes < last.bytes();
        double speed = stale ? average(run, now) : (bytes - last.bytes()) * 1000.0 / passed.toMillis();
        return new Look(now, bytes, speed);
    }

    private static double average(Run run, Instant now) {
        Instant begun = run.started().orElse(now);
        long millis = Math.max(
                1000, Duration.between(begun, run.finished().orElse(now)).toMillis());
        long bytes =
                run.state().isFinal() ? run.totals().bytes() : run.progress().bytesDone();
        return bytes * 1000.0 / millis;
    }

    /// How long the rest takes at this speed; empty where nobody can say.
    public static Optional<Duration> left(Run run, double speed) {
        long rest = run.progress().bytesWanted() - run.progress().bytesDone();
        return speed < 1 || rest <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((long) (rest / speed) + 1));
    }
}
