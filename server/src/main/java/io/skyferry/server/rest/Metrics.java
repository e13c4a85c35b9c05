package io.skyferry.server.rest;

import io.skyferry.control.runs.DayTotal;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.RunStatistics;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// What Prometheus reads.
///
/// Source: Prometheus, "Text-based format" 0.0.4.
final class Metrics {
    /// Of the text.
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int MOST_RUNS = 1000;
    private final ServerParts parts;
    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

    Metrics(ServerParts parts) {
        this.parts = parts;
    }

    void answered(int status) {
        answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    String text(int listeners) {
        var text = new StringBuilder(2048);
        head(text, "skyferry_http_requests_total", "counter", "Requests by the status of their answer.");
        answers.forEach((status, count) ->
                line(text, "skyferry_http_requests_total", "status=\"%s\"".formatted(status), count.sum()));
        head(text, "skyferry_runs", "gauge", "Runs that have not ended, by state.");
        for (RunState state : List.of(RunState.WAITING, RunState.RUNNING)) {
            var query = new RunQuery(
                    Optional.empty(), Set.of(state), Optional.empty(), Optional.empty(), Optional.empty(), MOST_RUNS);
            line(
                    text,
                    "skyferry_runs",
                    "state=\"%s\"".formatted(state),
                    parts.runs().count(query));
        }
        List<Task> tasks = parts.tasks().list();
        long enabled =
                tasks.stream().filter(task -> task.fields().timing().enabled()).count();
        head(text, "skyferry_tasks", "gauge", "Saved tasks.");
        line(text, "skyferry_tasks", "enabled=\"true\"", enabled);
        line(text, "skyferry_tasks", "enabled=\"false\"", tasks.size() - enabled);
        one(
                text,
                "skyferry_alerts",
                "Alerts that are raised.",
                parts.alerts().list().size());
        today(text);
        one(text, "skyferry_event_listeners", "Who follows events.", listeners);
        var memory = ManagementFactory.getMemoryMXBean();
        one(
                text,
                "skyferry_heap_bytes",
                "Memory of the heap in use.",
                memory.getHeapMemoryUsage().getUsed());
        one(
                text,
                "skyferry_uptime_seconds",
                "Since the process began.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        return text.toString();
    }

    private void today(StringBuilder text) {
        LocalDate day = parts.clock().instant().atZone(parts.zone()).toLocalDate();
        List<DayTotal> totals =
                parts.runs().statistics().totals(day, day, parts.zone(), Optional.empty(), RunStatistics.Grouping.DAY);
        one(
                text,
                "skyferry_today_runs",
                "Runs that ended today.",
                totals.stream().mapToLong(DayTotal::runs).sum());
        one(
                text,
                "skyferry_today_bad_runs",
                "Runs that ended today and were not good.",
                totals.stream().mapToLong(DayTotal::bad).sum());
        one(
                text,
                "skyferry_today_files",
                "Files that went over today.",
                totals.stream().mapToLong(DayTotal::files).sum());
        one(
                text,
                "skyferry_today_bytes",
                "Bytes that went over today.",
                totals.stream().mapToLong(DayTotal::bytes).sum());
    }

    private static void one(StringBuilder text, String name, String help, long value) {
        head(text, name, "gauge", help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, long value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
