package io.skyferry.server.web.home;

import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.RunStatistics;
import io.skyferry.server.web.Shown;
import io.skyferry.server.web.alerts.AlertPages;
import io.skyferry.server.web.runs.LiveRun;
import io.skyferry.server.web.tasks.TaskRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// What the dashboard shows.
///
/// @param tasks those that need a look first, then those that come next
/// @param counts how many tasks there are in all, failed, running and disabled
public record DashboardPage(
        Counts counts,
        List<TaskRow> tasks,
        List<LiveRun> running,
        List<DayBox> days,
        List<Changed> changed,
        List<AlertPages.AlertView> alerts,
        Day lately) {
    /// Makes the lists unchangeable.
    public DashboardPage {
        tasks = List.copyOf(tasks);
        running = List.copyOf(running);
        days = List.copyOf(days);
        changed = List.copyOf(changed);
        alerts = List.copyOf(alerts);
    }

    /// What all runs transfer together, in words.
    public String speed() {
        double sum = running.stream().mapToDouble(LiveRun::bytesPerSecond).sum();
        return Shown.bytes(Math.round(sum)) + "/s";
    }

    /// How many tasks there are.
    public record Counts(long all, long bad, long running, long disabled) {}

    /// What the last day came to.
    public record Day(long runs, long bytes) {}

    /// A file that changed lately, and in which run.
    public record Changed(String what, String path, long bytes, Instant at, long run, String task) {}

    /// A day of the calendar strip.
    public record DayBox(LocalDate day, RunStatistics.Day runs) {
        /// The tone of the worst that happened.
        public String tone() {
            if (count(RunState.FAILED, RunState.REFUSED, RunState.INTERRUPTED) > 0) {
                return "bad";
            }
            if (count(RunState.WARNINGS, RunState.ABORTED) > 0) {
                return "warn";
            }
            return count(RunState.SUCCESS) > 0 ? "good" : runs.count() > 0 ? "live" : "still";
        }

        /// How many ended in one of these ways.
        public long count(RunState... states) {
            long sum = 0;
            for (RunState state : states) {
                sum += runs.runs().getOrDefault(state, 0L);
            }
            return sum;
        }

        /// What happened, in words.
        public String words() {
            if (runs.count() == 0) {
                return day + ": no runs";
            }
            return "%s: %s, %s failed, %s transferred"
                    .formatted(
                            day,
                            Shown.count(runs.count(), "run", "runs"),
                            count(RunState.FAILED, RunState.REFUSED, RunState.INTERRUPTED),
                            Shown.bytes(runs.bytes()));
        }
    }
}
