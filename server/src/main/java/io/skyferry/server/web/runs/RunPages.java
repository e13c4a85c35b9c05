package io.skyferry.server.web.runs;

import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Shown;
import io.skyferry.server.web.StateBadge;
import io.skyferry.server.web.TableQuery;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of runs, and the page of each.
public final class RunPages implements Pages {
    private static final int MOST_FAILURES = 1000;
    private static final int MOST_IN_A_CHART = 20_000;
    private static final int USUAL_TRANSFERS = 4;

    private final ServerParts parts;
    private final Speeds speeds;

    /// Over these parts.
    public RunPages(ServerParts parts, Speeds speeds) {
        this.parts = parts;
        this.speeds = speeds;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Runs", "/runs", "history", 30, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get("/runs", Role.READER, this::list),
                WebRoute.post("/runs", Role.OPERATOR, this::begin),
                WebRoute.get("/runs/{id}", Role.READER, this::show),
                WebRoute.get("/runs/{id}/live", Role.READER, visit -> Reply.part("part/runhead.jte", page(visit))),
                WebRoute.get("/runs/{id}/speeds", Role.READER, this::chart),
                WebRoute.get("/runs/{id}/log", Role.READER, this::log),
                WebRoute.post("/runs/{id}/abort", Role.OPERATOR, this::abort),
                WebRoute.post("/runs/{id}/approve", Role.OPERATOR, this::approve),
                WebRoute.post("/runs/{id}/undo", Role.OPERATOR, this::undo));
    }

    private Reply list(Visit visit) {
        var query = TableQuery.of(visit, "", TableQuery.Order.DOWN, List.of("state", "task", "day"));
        Optional<Long> task = number(query, "task");
        Optional<LocalDate> day = Optional.ofNullable(query.more().get("day")).flatMap(RunPages::day);
        Set<RunState> states = Optional.ofNullable(query.more().get("state"))
                .flatMap(RunPages::state)
                .map(Set::of)
                .orElse(Set.of());
        Optional<Instant> from = day.map(at -> at.atStartOfDay(parts.zone()).toInstant());
        Optional<Instant> to =
                day.map(at -> at.plusDays(1).atStartOfDay(parts.zone()).toInstant());
        var wanted = new RunQuery(task, states, from, to, Optional.empty(), query.size());
        List<Run> runs = parts.runs().list(wanted, query.skip());
        Map<String, String> names = new LinkedHashMap<>();
        for (RunState state : RunState.values()) {
            names.put(state.name(), StateBadge.of(state.name()).words());
        }
        return Reply.page(
                        "runs.jte",
                        "Runs",
                        new RunListPage(query, runs, parts.runs().count(wanted), names, task.map(this::nameOf)))
                .with("runs.js");
    }

    private String nameOf(long task) {
        try {
            return parts.tasks().get(task).name();
        } catch (NotFoundException gone) {
            return "a task that was deleted";
        }
    }

    private static Optional<Long> number(TableQuery query, String name) {
        return Optional.ofNullable(query.more().get(name))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<RunState> state(String text) {
        for (RunState one : RunState.values()) {
            if (one.name().equals(text)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private Reply begin(Visit visit) {
        Form form = visit.form();
        if (!form.value("task").matches("[0-9]{1,18}")) {
            throw new RefusedException("Want the number of a task but have '%s'".formatted(form.value("task")));
        }
        RunKind kind = form.value("kind").equals(RunKind.DRY_RUN.name()) ? RunKind.DRY_RUN : RunKind.REAL;
        Run run = parts.runs().trigger(Long.parseLong(form.value("task")), kind, visit.caller());
        return Reply.to("/runs/" + run.id());
    }

    private Reply show(Visit visit) {
        RunPage page = page(visit);
        Run run = page.run();
        return Reply.page(
                        "run.jte",
                        "%s %s of %s".formatted(RunWords.kind(run), run.id(), Shown.name(run.description())),
                        page)
                .with("uplot.min.css", "uplot.min.js", "tasks.css", "runs.js");
    }

    private RunPage page(Visit visit) {
        Run run = parts.runs().get(visit.number("id"));
        var query = TableQuery.of(visit, "", TableQuery.Order.UP, List.of("what"));
        Set<String> what =
                Optional.ofNullable(query.more().get("what")).map(Set::of).orElse(Set.of());
        List<FileEvents.Event> files = parts.runs()
                .events(run.id(), new FileEvents.Query(what, query.search(), query.skip(), query.size() + 1));
        List<FileEvents.Event> failures = run.totals().failed() + run.progress().failed() > 0
                ? parts.runs().events(run.id(), new FileEvents.Query(Set.of("failed"), "", 0, MOST_FAILURES))
                : List.of();
        boolean more = files.size() > query.size();
        return new RunPage(
                live(run),
                ErrorCauses.of(failures),
                query,
                more ? files.subList(0, query.size()) : files,
                more,
                parts.runs().planFile(run.id()).isPresent(),
                parts.runs().logFile(run.id()).isPresent(),
                canUndo(run));
    }

    private LiveRun live(Run run) {
        double speed = speeds.of(run, parts.clock().instant());
        return new LiveRun(run, speed, run.state().isFinal() ? Optional.empty() : Speeds.left(run, speed));
    }

    private boolean canUndo(Run run) {
        boolean changed = run.totals().deleted() > 0 || run.totals().files() > 0;
        return run.kind() == RunKind.REAL
                && run.state().isFinal()
                && changed
                && task(run)
                        .filter(task -> !task.fields().safety().backupFolder().isEmpty())
                        .isPresent();
    }

    private Reply chart(Visit visit) {
        Run run = parts.runs().get(visit.number("id"));
        var files = new FileEvents.Query(Set.of("added", "replaced"), "", 0, MOST_IN_A_CHART);
        var chart = new RunChart(run, parts.clock().instant(), sideBySide(run));
        return new Reply.Data(chart.of(parts.runs().events(run.id(), files)).toString());
    }

    private int sideBySide(Run run) {
        return task(run).stream()
                .flatMapToInt(task -> task.fields().carrying().transfers().stream())
                .findFirst()
                .orElse(USUAL_TRANSFERS);
    }

    /// The task of a run; empty where it was never saved, or is deleted.
    private Optional<Task> task(Run run) {
        try {
            return run.task().map(parts.tasks()::get);
        } catch (NotFoundException gone) {
            return Optional.empty();
        }
    }

    private Reply log(Visit visit) {
        long id = visit.number("id");
        var file = parts.runs()
                .logFile(id)
                .orElseThrow(() -> new NotFoundException(
                        "Want the log of run %s but it is kept no longer, or never was".formatted(id)));
        try {
            return new Reply.File("run-%s.log".formatted(id), "text/plain; charset=utf-8", Files.newInputStream(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Reply abort(Visit visit) {
        long id = visit.number("id");
        boolean stopped = parts.runs().abort(id, visit.caller());
        return Reply.to("/runs/" + id)
                .saying(stopped ? "It is told to stop; what went over stays." : "It had ended already.");
    }

    private Reply approve(Visit visit) {
        Run run = parts.runs().approve(visit.number("id"), visit.caller());
        return Reply.to("/runs/" + run.id()).saying("The plan is approved: exactly that is done now.");
    }

    private Reply undo(Visit visit) {
        Run run = parts.runs().undo(visit.number("id"), visit.caller());
        return Reply.to("/runs/" + run.id()).saying("What was replaced and deleted is put back now.");
    }
}
