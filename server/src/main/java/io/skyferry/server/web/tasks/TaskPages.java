package io.skyferry.server.web.tasks;

import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.TableQuery;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of tasks, one task, and what can be asked of them.
public final class TaskPages implements Pages {
    private static final String COLUMNS = "skyferry_columns";
    private static final int YEAR = 365 * 24 * 3600;
    private static final int RUNS_SHOWN = 10;

    private final ServerParts parts;
    private final TaskRows rows;

    /// Over these parts.
    public TaskPages(ServerParts parts) {
        this.parts = parts;
        this.rows = new TaskRows(parts);
    }

    @Override
    public List<NavEntry> entries() {
        return List.of(new NavEntry("Tasks", "/tasks", "list-check", 20, Role.READER));
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get("/tasks", Role.READER, this::list),
                WebRoute.post("/tasks/columns", Role.READER, this::keepColumns),
                WebRoute.post("/tasks/bulk", Role.OPERATOR, this::bulk),
                WebRoute.get("/tasks/{id}", Role.READER, this::show),
                WebRoute.get("/tasks/{id}/row", Role.READER, this::row),
                WebRoute.get("/tasks/{id}/more", Role.READER, this::more),
                WebRoute.post("/tasks/{id}/run", Role.OPERATOR, this::run),
                WebRoute.post("/tasks/{id}/dry-run", Role.OPERATOR, this::dryRun),
                WebRoute.post("/tasks/{id}/stop", Role.OPERATOR, this::stop),
                WebRoute.post("/tasks/{id}/toggle", Role.OPERATOR, this::toggle),
                WebRoute.post("/tasks/{id}/duplicate", Role.OPERATOR, this::duplicate),
                WebRoute.post("/tasks/{id}/delete", Role.OPERATOR, this::delete),
                WebRoute.get("/tasks/{id}/restore", Role.OPERATOR, this::restoreForm),
                WebRoute.post("/tasks/{id}/restore", Role.OPERATOR, this::restore));
    }

    private static Set<Column> columns(Visit visit) {
        return Column.read(Optional.ofNullable(visit.context().cookie(COLUMNS)).orElse(""));
    }

    private Reply list(Visit visit) {
        var query = TableQuery.of(visit, Column.DESCRIPTION.key(), TableQuery.Order.UP, List.of());
        List<TaskRow> all = rows.all();
        List<TaskRow> found = all.stream()
                .filter(row -> TaskRows.fits(row, query.search()))
                .sorted(TaskRows.order(query))
                .toList();
        var view = new TaskListPage(query.rows(found), query, columns(visit), found.size(), all.size());
        return Reply.page("tasks/list.jte", "Tasks", view).with("tasks.js", "tasks.css");
    }

    private Reply keepColumns(Visit visit) {
        Set<Column> chosen = EnumSet.noneOf(Column.class);
        visit.form().all("column").forEach(key -> Column.of(key).ifPresent(chosen::add));
        var cookie = new Cookie(COLUMNS, Column.text(chosen));
        cookie.setPath("/tasks");
        cookie.setMaxAge(YEAR);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        visit.context().cookie(cookie);
        return back(visit);
    }

    /// To where the form was: an address of this site.
    private static Reply.To back(Visit visit) {
        String to = visit.form().value("back");
        boolean sound =
                (to.startsWith("/tasks") || to.equals("/")) && to.chars().noneMatch(c -> c < ' ' || c == '\\');
        return Reply.to(sound ? to : "/tasks");
    }

    private Reply row(Visit visit) {
        return Reply.part("tasks/row.jte", new TaskListPage.RowPart(rows.of(visit.number("id")), columns(visit)));
    }

    private Reply more(Visit visit) {
        return Reply.part("tasks/more.jte", rows.of(visit.number("id")));
    }

    private Reply show(Visit visit) {
        TaskRow row = rows.of(visit.number("id"));
        var runs = parts.runs().list(RunQuery.ofTask(row.task().id(), RUNS_SHOWN));
        return Reply.page("tasks/task.jte", row.task().name(), new TaskPage(row, runs))
                .with("tasks.js", "tasks.css");
    }

    private Reply run(Visit visit) {
        var run = parts.runs().trigger(visit.number("id"), RunKind.REAL, visit.caller());
        if (visit.form().value("back").equals("/")) {
            // Who begins a run from the dashboard wants to see it.
            return Reply.to("/runs/" + run.id());
        }
        return back(visit).saying("Run %s of \"%s\" was asked for.".formatted(run.id(), run.description()));
    }

    private Reply dryRun(Visit visit) {
        var run = parts.runs().trigger(visit.number("id"), RunKind.DRY_RUN, visit.caller());
        return Reply.to("/plans/" + run.id());
    }

    private Reply stop(Visit visit) {
        Task task = parts.tasks().get(visit.number("id"));
        boolean any = parts.runs().abortTask(task.id(), visit.caller());
        return back(visit)
                .saying(any ? "\"%s\" is being stopped.".formatted(task.name()) : "There was nothing to stop.");
    }

    private void enable(long task, boolean wanted, Visit visit) {
        parts.tasks().update(task, JsonValue.Members.EMPTY.with("enabled", JsonValue.of(wanted)), visit.caller());
    }

    private Reply toggle(Visit visit) {
        long id = visit.number("id");
        boolean wanted = !parts.tasks().get(id).fields().timing().enabled();
        enable(id, wanted, visit);
        if (visit.isForPart()) {
            return row(visit);
        }
        return back(visit).saying(wanted ? "The task is enabled." : "The task is disabled: it runs by hand only.");
    }

    private Reply duplicate(Visit visit) {
        Task made = parts.tasks().duplicate(visit.number("id"), visit.caller());
        return Reply.to("/tasks/%s/edit".formatted(made.id()))
                .saying("This is the copy. It is disabled until you enable it.");
    }

    private Reply delete(Visit visit) {
        Task task = parts.tasks().get(visit.number("id"));
        parts.tasks().delete(task.id(), visit.caller());
        parts.alerts().forget("task " + task.id());
        return Reply.to("/tasks").saying("\"%s\" was deleted. No file was.".formatted(task.name()));
    }

    private Reply bulk(Visit visit) {
        Form form = visit.form();
        List<Long> tasks = form.all("task").stream()
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .toList();
        if (tasks.isEmpty()) {
            return back(visit).saying("Tick some tasks first.");
        }
        List<String> trouble = new ArrayList<>();
        for (long task : tasks) {
            try {
                one(form.value("action"), task, visit);
            } catch (InvalidException | RefusedException failure) {
                trouble.add("%s: %s".formatted(parts.tasks().get(task).name(), failure.getMessage()));
            }
        }
        String done = switch (form.value("action")) {
            case "run" -> "asked to run";
            case "enable" -> "enabled";
            default -> "disabled";
        };
        String words = "%s of %s tasks %s.".formatted(tasks.size() - trouble.size(), tasks.size(), done);
        return back(visit).saying(trouble.isEmpty() ? words : words + " " + String.join("; ", trouble));
    }

    private void one(String action, long task, Visit visit) {
        switch (action) {
            case "run" -> {
                var _ = parts.runs().trigger(task, RunKind.REAL, visit.caller());
            }
            case "enable" -> enable(task, true, visit);
            case "disable" -> enable(task, false, visit);
            default ->
                throw new RefusedException("Want one of run, enable and disable but have '%s'".formatted(action));
        }
    }

    private Reply restoreForm(Visit visit) {
        TaskRow row = rows.of(visit.number("id"));
        Map<String, String> values = new LinkedHashMap<>();
        String description = "Restore of " + row.task().name();
        values.put("description", description.length() > 150 ? description.substring(0, 150) : description);
        values.put("transfer_mode", "COPY");
        values.put("path", row.task().fields().path());
        return restorePage(row, Form.ofOne(values));
    }

    private static Reply restorePage(TaskRow row, Form form) {
        var view = new RestorePage(row, form);
        String title = "Restore " + row.task().name();
        Reply.Page page = form.isWrong()
                ? Reply.invalid("tasks/restore.jte", title, view)
                : Reply.page("tasks/restore.jte", title, view);
        return page.with("tasks.js", "tasks.css");
    }

    private Reply restore(Visit visit) {
        TaskRow row = rows.of(visit.number("id"));
        Form form = visit.form();
        return form.submit(
                () -> {
                    if (form.value("description").isBlank()) {
                        throw new InvalidException(List.of(new FieldError("description", "This field is required")));
                    }
                    JsonValue.Members wishes = JsonValue.Members.EMPTY;
                    for (String name : List.of("description", "transfer_mode", "path")) {
                        wishes = wishes.with(name, JsonValue.of(form.value(name)));
                    }
                    Task made = parts.tasks().restore(row.task().id(), wishes, visit.caller());
                    return Reply.to("/tasks/" + made.id())
                            .saying(
                                    "\"%s\" has been restored as this task. Nothing has run yet: look at it, then run it."
                                            .formatted(row.task().name()));
                },
                again -> restorePage(row, again));
    }
}
