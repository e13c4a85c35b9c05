package io.skyferry.server.web.runs;

import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.server.web.TableQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// All about one run.
///
/// @param files a page of what became of its files
/// @param hasMore whether there are more of them behind
/// @param hasPlan whether what it would do is kept
/// @param hasLog whether its log is still kept
/// @param canUndo whether what it replaced and deleted was kept
public record RunPage(
        LiveRun live,
        List<ErrorCauses.Cause> causes,
        TableQuery query,
        List<FileEvents.Event> files,
        boolean hasMore,
        boolean hasPlan,
        boolean hasLog,
        boolean canUndo) {
    private static final Duration WORTH_A_CHART = Duration.ofSeconds(5);

    /// Makes the lists unchangeable.
    public RunPage {
        causes = List.copyOf(causes);
        files = List.copyOf(files);
    }

    /// Whether it went on for so long that a line of its throughput says something.
    public boolean hasChart(Instant now) {
        if (run().kind() != RunKind.REAL || !run().state().isFinal()) {
            return run().kind() == RunKind.REAL;
        }
        return run().started()
                .map(begun -> Duration.between(begun, run().finished().orElse(now)))
                .filter(length -> length.compareTo(WORTH_A_CHART) > 0)
                .isPresent();
    }

    /// The run.
    public Run run() {
        return live.run();
    }
}
