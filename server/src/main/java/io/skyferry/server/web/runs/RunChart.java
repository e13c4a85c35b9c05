package io.skyferry.server.web.runs;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The throughput of a run over its time, from when its files were done.
///
/// So many go over side by side, each behind the one that was done so many before it: that tells when it began. Its
/// bytes are spread evenly over its time.
final class RunChart {
    private static final int POINTS = 120;

    private final Run run;
    private final Instant begun;
    private final Instant end;
    private final int sideBySide;

    /// @param sideBySide how many files go over at once
    RunChart(Run run, Instant now, int sideBySide) {
        this.run = run;
        this.begun = run.started().orElse(run.queued());
        this.end = run.finished().orElse(now);
        this.sideBySide = sideBySide;
    }

    /// @param files that were done, in their order
    JsonValue of(List<FileEvents.Event> files) {
        long length = Math.max(0, Duration.between(begun, end).toMillis());
        long width = Math.max(1000, length / POINTS + 1);
        double[] bytes = new double[POINTS + 1];
        List<Long> ends = new ArrayList<>();
        for (FileEvents.Event one : files) {
            long at = Duration.between(begun, one.at()).toMillis();
            Stretches.spread(bytes, start(ends), at, width, one.bytes());
            ends.add(at);
        }
        if (!run.state().isFinal()) {
            for (RunProgress.InFlight one : run.progress().inFlight()) {
                Stretches.spread(bytes, start(ends), length, width, one.done());
                ends.add(length);
            }
        }
        // The last point of a run that goes on would be of less time than the others, and look like a fall.
        int used = Math.clamp(length / width + (run.state().isFinal() ? 1 : 0), 1, POINTS + 1);
        return Stretches.json(Arrays.copyOf(bytes, used), begun, width);
    }

    private long start(List<Long> ends) {
        int before = ends.size() - sideBySide;
        return before < 0 ? 0 : ends.get(before);
    }
}
