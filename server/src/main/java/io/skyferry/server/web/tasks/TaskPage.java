package io.skyferry.server.web.tasks;

import io.skyferry.control.runs.Run;
import java.util.List;

/// One task.
///
/// @param runs the newest ones
public record TaskPage(TaskRow row, List<Run> runs) {
    /// Makes the list unchangeable.
    public TaskPage {
        runs = List.copyOf(runs);
    }
}
