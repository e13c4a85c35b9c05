package io.skyferry.server.web.home;

import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.RunStatistics;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.task.Tasks;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.WebRoute;
import io.skyferry.server.web.alerts.AlertPages;
import io.skyferry.server.web.runs.LiveRun;
import io.skyferry.server.web.runs.Speeds;
import io.skyferry.server.web.runs.Stretches;
import io.skyferry.server.web.tasks.TaskRows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The dashboard.
public final class DashboardPages implements Pages {
    private static final int TASKS = 10;
    private static final int DAYS = 28;
    private static final int FILES = 6;
    private static final int RUNS_WITH_FILES = 5;
    private static final int RECENT_RUNS = 30;
    private static final int ALERTS = 5;
    private static final int MOST_RUNNING = 50;
    private static final int LIVE = 0;
    private static final int WRONG = 1;
    private static final int CALM = 2;
    private static final Set<RunState> BAD = Set.of(RunState.FAILED, RunState.REFUSED, RunState.INTERRUPTED);
    private static final Duration POINT = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final ServerParts parts;
    private final Speeds speeds;
    private final Spaces spaces;
    private final TaskRows rows;

    /// Over these parts.
    public DashboardPages(ServerParts parts, Speeds speeds) {
        this.parts = parts;
        this.speeds = speeds;
        this.spaces = new Spaces(parts);
        this.rows = new TaskRows(parts);
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Dashboard", "/", "layout-dashboard", 10, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(
                        "/",
                        Role.READER,
                        _ -> Reply.page("dashboard.jte", "Dashboard", page())
                                .with("uplot.min.css", "uplot.min.js", "tasks.css", "runs.js")),
                WebRoute.get("/dashboard/live", Role.READER, _ -> Reply.part("part/dashboard.jte", page())),
                WebRoute.get("/dashboard/space", Role.READER, _ -> Reply.part("part/space.jte", spaces.look())),
                WebRoute.get("/dashboard/speeds", Role.READER, _ -> new Reply.Data(speeds().toString())));
    }

    private DashboardPage page() {
        Instant now = parts.clock().instant();
        List<Known> known = known();
        List<DashboardPage.DayBox> days = days(now);
        return new DashboardPage(
                counts(known),
                rows.of(known.stream()
                        .sorted(attention())
                        .limit(TASKS)
                        .map(one -> one.task().id())
                        .toList()),
                running(now),
                days,
                changed(),
                parts.alerts().list().stream()
                        .filter(alert -> alert.dismissed().isEmpty())
                        .limit(ALERTS)
                        .map(AlertPages.AlertView::of)
                        .toList(),
                lately(now));
    }

    /// A task and how its newest run stands.
    private record Known(Tasks.Brief task, Optional<Runs.Newest> newest) {
        /// What goes on, then what went wrong, then the others.
        private int urgency() {
            Optional<RunState> state = newest.map(Runs.Newest::state);
            if (state.filter(one -> !one.isFinal()).isPresent()) {
                return LIVE;
            }
            return state.filter(BAD::contains).isPresent() ? WRONG : CALM;
        }
    }

    private List<Known> known() {
        Map<Long, Runs.Newest> newest = parts.runs().newestStates();
        return parts.tasks().briefs().stream()
                .map(task -> new Known(task, Optional.ofNullable(newest.get(task.id()))))
                .toList();
    }

    private static DashboardPage.Counts counts(List<Known> known) {
        return new DashboardPage.Counts(
                known.size(),
                known.stream().filter(one -> one.urgency() == WRONG).count(),
                known.stream().filter(one -> one.urgency() == LIVE).count(),
                known.stream().filter(one -> !one.task().enabled()).count());
    }

    /// What needs a look, then what comes next.
    private static Comparator<Known> attention() {
        return Comparator.comparingInt(Known::urgency)
                .thenComparing(one -> one.task().nextRun().orElse(Instant.MAX))
                .thenComparing(one -> one.task().name());
    }

    private List<LiveRun> running(Instant now) {
        var query = new RunQuery(
                Optional.empty(),
                Set.of(RunState.RUNNING, RunState.WAITING),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MOST_RUNNING);
        return parts.runs().list(query).stream()
                .map(run -> {
                    double speed = speeds.of(run, now);
                    return new LiveRun(run, speed, Speeds.left(run, speed));
                })
                .toList();
    }

    private List<DashboardPage.DayBox> days(Instant now) {
        LocalDate today = now.atZone(parts.zone()).toLocalDate();
        return parts.runs().statistics().days(today.minusDays(DAYS - 1), today, parts.zone()).stream()
                .map(day -> new DashboardPage.DayBox(day.day(), day))
                .toList();
    }

    private DashboardPage.Day lately(Instant now) {
        var query = new RunQuery(
                Optional.empty(), Set.of(), Optional.of(now.minus(DAY)), Optional.empty(), Optional.empty(), 1);
        long bytes = parts.runs().statistics().transferred(now.minus(DAY)).stream()
                .mapToLong(RunStatistics.Stretch::bytes)
                .sum();
        return new DashboardPage.Day(parts.runs().count(query), bytes);
    }

    private List<DashboardPage.Changed> changed() {
        List<DashboardPage.Changed> found = new ArrayList<>();
        parts.runs().list(RunQuery.newest(RECENT_RUNS)).stream()
                .filter(run -> run.kind() == RunKind.REAL)
                .filter(run -> run.totals().files()
                                + run.totals().deleted()
                                + run.totals().renamed()
                                + run.progress().filesDone()
                        > 0)
                .limit(RUNS_WITH_FILES)
                .forEach(run -> {
                    for (FileEvents.Event one : parts.runs().lastEvents(run.id(), FILES)) {
                        if (!Set.of("failed", "skipped").contains(one.what())) {
                            found.add(new DashboardPage.Changed(
                                    one.what(), one.path(), one.bytes(), one.at(), run.id(), run.description()));
                        }
                    }
                });
        return found.stream()
                .sorted(Comparator.comparing(DashboardPage.Changed::at).reversed())
                .limit(FILES)
                .toList();
    }

    /// The throughput of the last day, each point the mean of ten minutes.
    private JsonValue speeds() {
        Instant now = parts.clock().instant();
        long width = POINT.toMillis();
        long first = now.minus(DAY).toEpochMilli() / width * width;
        double[] bytes = new double[(int) (DAY.toMillis() / width) + 1];
        for (RunStatistics.Stretch one : parts.runs().statistics().transferred(now.minus(DAY))) {
            Stretches.spread(
                    bytes, one.from().toEpochMilli() - first, one.to().toEpochMilli() - first, width, one.bytes());
        }
        for (LiveRun one : running(now)) {
            Instant begun = one.run().started().orElse(now);
            Stretches.spread(
                    bytes,
                    begun.toEpochMilli() - first,
                    now.toEpochMilli() - first,
                    width,
                    one.run().progress().bytesDone());
        }
        return Stretches.json(bytes, Instant.ofEpochMilli(first), width);
    }
}
