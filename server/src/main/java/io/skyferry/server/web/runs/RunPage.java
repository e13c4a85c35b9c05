package io.skyferry.server.web.runs;

import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import io.skyferry.server.web.TableQuery;
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
    /// Makes the lists unchangeable.
    public RunPage {
        causes = List.copyOf(causes);
        files = List.copyOf(files);
    }

    /// The run.
    public Run run() {
        return live.run();
    }
}
