package io.skyferry.server.web.home;

import io.skyferry.control.audit.Role;
import io.skyferry.control.runs.Run;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The dashboard.
public final class DashboardPages implements Pages {
    private final ServerParts parts;

    /// Over these parts.
    public DashboardPages(ServerParts parts) {
        this.parts = parts;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Dashboard", "/", "layout-dashboard", 10, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(WebRoute.get("/", Role.READER, this::dashboard));
    }

    private Reply dashboard(Visit visit) {
        List<Task> tasks = parts.tasks().list();
        Map<Long, Run> newest = parts.runs().newest(tasks.stream().map(Task::id).toList());
        List<DashboardPage.TaskRow> rows = tasks.stream()
                .map(task -> new DashboardPage.TaskRow(task, Optional.ofNullable(newest.get(task.id()))))
                .toList();
        return Reply.page("dashboard.jte", "Dashboard", new DashboardPage(rows));
    }
}
