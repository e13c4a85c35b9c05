package io.skyferry.server.web.runs;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The throughput of a run over its time, from what became of its files.
///
/// A file's bytes count for the time since the file before it ended, at an even pace: no better is known of files
/// that went over side by side.
final class RunChart {
    private static final int POINTS = 120;
    private static final int MOST_FILES = 20_000;

    private RunChart() {}

    static JsonValue of(Run run, Runs runs, Instant now) {
        Instant begun = run.started().orElse(run.queued());
        Instant end = run.finished().orElse(now);
        long width = Math.max(1000, Duration.between(begun, end).toMillis() / POINTS + 1);
        double[] bytes = new double[POINTS + 1];
        Instant before = begun;
        List<FileEvents.Event> files =
                runs.events(run.id(), new FileEvents.Query(Set.of("added", "replaced"), "", 0, MOST_FILES));
        for (FileEvents.Event one : files) {
            Stretches.spread(
                    bytes,
                    Duration.between(begun, before).toMillis(),
                    Duration.between(begun, one.at()).toMillis(),
                    width,
                    one.bytes());
            before = one.at().isAfter(before) ? one.at() : before;
        }
        int used = Math.clamp(Duration.between(begun, end).toMillis() / width + 1, 1, POINTS + 1);
        return Stretches.json(Arrays.copyOf(bytes, used), begun, width);
    }
}
