package io.skyferry.server.rest;

import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.PlanChange;
import io.skyferry.control.runs.PlanPages;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.RunStatistics;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.server.ServerParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs, their logs, events and plans.
final class RunRoutes {
    private static final Shape RUN = new Shape.Free("A run: see docs/service.md");
    private static final int MOST_LOG = 256 * 1024;
    private static final int LAST_YEAR = 9999;

    /// How many days are added up where nobody says from which; each task by itself is a line for each of a day.
    private static final int USUAL_DAYS = 31;

    private static final int USUAL_DAYS_BY_TASK = 7;
    private final ServerParts parts;

    RunRoutes(ServerParts parts) {
        this.parts = parts;
    }

    record Aborted(boolean aborted) {}

    record LogView(String text, long next, long size) {}

    record TotalView(
            String day, Optional<Long> task, long runs, long good, long bad, long files, long bytes, long deleted) {}

    List<Route> all() {
        return List.of(
                Route.get(
                        "/runs",
                        Role.READER,
                        new Shape.FreeList("A run: see docs/service.md"),
                        "Runs without their excerpts, the newest first (`task`, `state`, `before`, `limit`)",
                        this::list),
                Route.get(
                        "/runs/totals",
                        Role.READER,
                        new Shape.ListOf(TotalView.class),
                        "What runs came to by day (`from`, `to`, `task`; `by` is `day`, 31 of them, or `task` for each task by itself, 7 of them)",
                        this::totals),
                Route.get(
                        "/runs/{id}",
                        Role.READER,
                        RUN,
                        "One run",
                        asked -> found(asked).json()),
                Route.post(
                        "/runs/{id}/abort",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        new Shape.Of(Aborted.class),
                        "Stops a run",
                        asked -> new Aborted(parts.runs().abort(asked.number("id"), asked.caller()))),
                Route.post(
                        "/runs/{id}/approve",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        RUN,
                        "Asks for exactly what the plan of a run says, once",
                        asked -> parts.runs()
                                .approve(asked.number("id"), asked.caller())
                                .json()),
                Route.post(
                        "/runs/{id}/undo",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        RUN,
                        "Asks for a run that puts back what another one replaced and deleted",
                        asked -> parts.runs()
                                .undo(asked.number("id"), asked.caller())
                                .json()),
                Route.get(
                        "/runs/{id}/log",
                        Role.READER,
                        new Shape.Of(LogView.class),
                        "A piece of a run's log from a byte on (`from`)",
                        this::log),
                Route.get(
                        "/runs/{id}/log/file",
                        Role.READER,
                        new Shape.Plain("text/plain"),
                        "A run's whole log",
                        asked -> file(asked, parts.runs().logFile(asked.number("id")), "log", "log")),
                Route.get(
                        "/runs/{id}/events",
                        Role.READER,
                        new Shape.FreeList("at, what, path, bytes, reason"),
                        "What became of the files of a run (`what`, `text`, `skip`, `limit`)",
                        this::events),
                Route.get(
                        "/runs/{id}/plan",
                        Role.READER,
                        new Shape.Plain("application/x-ndjson"),
                        "The plan of a run",
                        asked -> file(asked, parts.runs().planFile(asked.number("id")), "plan", "ndjson")),
                Route.get(
                        "/runs/{id}/plan/steps",
                        Role.READER,
                        new Shape.Of(PlanPages.Page.class),
                        "A page of the plan of a run and what all of it comes to (`what`, `text`, `skip`, `limit`)",
                        this::plan));
    }

    private Run found(Asked asked) {
        return parts.runs().get(asked.number("id"));
    }

    private List<?> list(Asked asked) {
        Optional<Long> task = asked.query("task").map(_ -> asked.query("task", 0));
        Optional<Long> before = asked.query("before").map(_ -> asked.query("before", 0));
        Set<RunState> states = asked.query("state").map(RunRoutes::states).orElse(Set.of());
        var query = new RunQuery(task, states, Optional.empty(), Optional.empty(), before, asked.limit());
        return parts.runs().list(query).stream().map(Run::brief).toList();
    }

    private static Set<RunState> states(String text) {
        List<String> names = Arrays.stream(RunState.values()).map(Enum::name).toList();
        return Arrays.stream(text.split(",", -1))
                .map(name -> {
                    if (!names.contains(name)) {
                        throw new RefusedException("Want one of %s but have '%s'".formatted(names, name));
                    }
                    return RunState.valueOf(name);
                })
                .collect(Collectors.toSet());
    }

    private List<TotalView> totals(Asked asked) {
        LocalDate today = parts.clock().instant().atZone(parts.zone()).toLocalDate();
        LocalDate to = asked.query("to").map(RunRoutes::day).orElse(today);
        Optional<Long> task = asked.query("task").map(_ -> asked.query("task", 0));
        RunStatistics.Grouping grouping = asked.query("by").orElse("day").equals("task")
                ? RunStatistics.Grouping.TASK_AND_DAY
                : RunStatistics.Grouping.DAY;
        int usual = grouping == RunStatistics.Grouping.DAY ? USUAL_DAYS : USUAL_DAYS_BY_TASK;
        LocalDate from = asked.query("from").map(RunRoutes::day).orElse(to.minusDays(usual - 1));
        return parts.runs().statistics().totals(from, to, parts.zone(), task, grouping).stream()
                .map(one -> new TotalView(
                        one.day().toString(),
                        one.task(),
                        one.runs(),
                        one.good(),
                        one.bad(),
                        one.files(),
                        one.bytes(),
                        one.deleted()))
                .toList();
    }

    private static LocalDate day(String text) {
        String words = "Want a day such as '2026-11-21' but have '%s'".formatted(text);
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
                throw new RefusedException(words);
            }
            return day;
        } catch (DateTimeParseException unreadable) {
            var refused = new RefusedException(words);
            refused.initCause(unreadable);
            throw refused;
        }
    }

    private LogView log(Asked asked) {
        Run run = found(asked);
        Runs.LogPiece piece = parts.runs().log(run.id(), asked.query("from", 0), MOST_LOG);
        return new LogView(piece.text(), piece.next(), piece.size());
    }

    private PlanPages.Page plan(Asked asked) {
        Run run = found(asked);
        var query = new PlanPages.Query(
                changes(asked), asked.query("text").orElse(""), asked.query("skip", 0), asked.limit());
        return parts.runs()
                .planPage(run.id(), query)
                .orElseThrow(() -> new NotFoundException(
                        "Want the plan of run %s but it is kept no longer, or never was".formatted(run.id())));
    }

    private static Set<PlanChange> changes(Asked asked) {
        return words(asked, "what").stream()
                .map(word -> PlanChange.told(word)
                        .orElseThrow(() -> new RefusedException("Want one of %s but have '%s'"
                                .formatted(
                                        Arrays.stream(PlanChange.values())
                                                .map(PlanChange::done)
                                                .toList(),
                                        word))))
                .collect(Collectors.toSet());
    }

    private static Set<String> words(Asked asked, String name) {
        return asked.query(name)
                .map(text -> Arrays.stream(text.split(",", -1)).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private List<?> events(Asked asked) {
        Run run = found(asked);
        Set<String> what = words(asked, "what");
        var query = new FileEvents.Query(what, asked.query("text").orElse(""), asked.query("skip", 0), asked.limit());
        return parts.runs().events(run.id(), query).stream()
                .map(FileEvents.Event::json)
                .toList();
    }

    private static Object file(Asked asked, Optional<Path> file, String kind, String suffix) {
        Path there = file.orElseThrow(() -> new NotFoundException(
                "Want the %s of run %s but it is kept no longer, or never was".formatted(kind, asked.number("id"))));
        asked.context()
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"run-%s.%s\"".formatted(asked.number("id"), suffix));
        try {
            return Files.newInputStream(there);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
