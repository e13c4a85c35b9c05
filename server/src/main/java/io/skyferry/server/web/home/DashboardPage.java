package io.skyferry.server.web.home;

import io.skyferry.control.runs.Run;
import io.skyferry.control.task.Task;
import java.util.List;
import java.util.Optional;

/// What the dashboard shows.
public record DashboardPage(List<TaskRow> tasks) {
    /// Makes the list unchangeable.
    public DashboardPage {
        tasks = List.copyOf(tasks);
    }

    /// A task and its newest run.
    public record TaskRow(Task task, Optional<Run> run) {}
}
