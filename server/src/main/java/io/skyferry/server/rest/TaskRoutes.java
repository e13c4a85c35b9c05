package io.skyferry.server.rest;

import io.skyferry.control.audit.Role;
import io.skyferry.control.json.Json;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tasks, and what is asked of them.
final class TaskRoutes {
    private static final Shape TASK = new Shape.Free("A task: see docs/service.md");
    private static final Shape RUN = new Shape.Free("A run: see docs/service.md");
    private final ServerParts parts;
    private final TaskTexts texts = new TaskTexts();

    TaskRoutes(ServerParts parts) {
        this.parts = parts;
    }

    record Aborted(boolean aborted) {}

    List<Route> all() {
        return List.of(
                Route.get(
                        "/tasks",
                        Role.READER,
                        new Shape.FreeList("A task: see docs/service.md"),
                        "All tasks with their newest run",
                        _ -> list()),
                Route.post(
                        "/tasks",
                        Role.OPERATOR,
                        TASK,
                        TASK,
                        "Saves a task",
                        asked -> view(parts.tasks().create(asked.members(), asked.caller()))),
                Route.post(
                        "/tasks/check",
                        Role.OPERATOR,
                        TASK,
                        new Shape.Of(Route.Done.class),
                        "Finds out whether a task could be saved, and saves nothing",
                        this::check),
                Route.post(
                        "/tasks/dry-run",
                        Role.OPERATOR,
                        TASK,
                        RUN,
                        "Begins a dry run of a task that is not saved",
                        asked -> parts.runs()
                                .triggerUnsaved(asked.members(), RunKind.DRY_RUN, asked.caller())
                                .json()),
                Route.get(
                        "/tasks/{id}",
                        Role.READER,
                        TASK,
                        "One task",
                        asked -> view(parts.tasks().get(asked.number("id")))),
                Route.patch(
                        "/tasks/{id}",
                        Role.OPERATOR,
                        TASK,
                        TASK,
                        "Changes some fields of a task",
                        asked -> view(parts.tasks().update(asked.number("id"), asked.members(), asked.caller()))),
                Route.delete("/tasks/{id}", Role.OPERATOR, "Deletes a task; its runs are stopped", this::remove),
                started("/tasks/{id}/run", RunKind.REAL, "Asks for a run now"),
                started("/tasks/{id}/dry-run", RunKind.DRY_RUN, "Asks for a run that only tells what it would do"),
                Route.post(
                        "/tasks/{id}/abort",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        new Shape.Of(Aborted.class),
                        "Stops the run that goes on and the one that waits",
                        asked -> new Aborted(parts.runs().abortTask(asked.number("id"), asked.caller()))),
                Route.post(
                        "/tasks/{id}/duplicate",
                        Role.OPERATOR,
                        new Shape.Nothing(),
                        TASK,
                        "Makes a copy of a task, disabled",
                        asked -> view(parts.tasks().duplicate(asked.number("id"), asked.caller()))),
                Route.post(
                        "/tasks/{id}/restore",
                        Role.OPERATOR,
                        new Shape.Free("`transfer_mode` (SYNC or COPY), `path`, `description`"),
                        TASK,
                        "Makes a task that goes the other way, disabled; nothing runs",
                        asked -> view(parts.tasks().restore(asked.number("id"), asked.members(), asked.caller()))));
    }

    private Route started(String path, RunKind kind, String summary) {
        return Route.post(
                path,
                Role.OPERATOR,
                new Shape.Nothing(),
                RUN,
                summary,
                asked -> parts.runs()
                        .trigger(asked.number("id"), kind, asked.caller())
                        .json());
    }

    private Route.Done check(Asked asked) {
        var _ = parts.tasks().check(asked.members(), asked.caller());
        return Route.Done.YES;
    }

    private Route.Done remove(Asked asked) {
        long id = asked.number("id");
        parts.tasks().delete(id, asked.caller());
        parts.alerts().forget("task " + id);
        return Route.Done.YES;
    }

    private List<Wire.Written> list() {
        List<Task> tasks = parts.tasks().list();
        texts.keep(tasks);
        Map<Long, Run> newest = parts.runs().newest(tasks.stream().map(Task::id).toList());
        Map<Long, String> locked = parts.locks().why(tasks);
        return tasks.stream()
                .map(task -> view(
                        task, Optional.ofNullable(newest.get(task.id())), Optional.ofNullable(locked.get(task.id()))))
                .toList();
    }

    private Wire.Written view(Task task) {
        return view(
                task,
                Optional.ofNullable(parts.runs().newest(List.of(task.id())).get(task.id())),
                parts.locks().why(task));
    }

    /// A run that goes on is shown whatever is locked; else what is locked comes first.
    private static String state(Optional<Run> newest, Optional<String> locked) {
        boolean goesOn = newest.map(run -> !run.state().isFinal()).orElse(false);
        if (locked.isPresent() && !goesOn) {
            return "LOCKED";
        }
        return newest.map(run -> run.state().name()).orElse("PENDING");
    }

    private Wire.Written view(Task task, Optional<Run> newest, Optional<String> locked) {
        var now = new Json();
        task.nextRun().ifPresentOrElse(time -> now.put("next_run", time.toString()), () -> now.putNull("next_run"));
        task.lastSuccess()
                .ifPresentOrElse(time -> now.put("last_success", time.toString()), () -> now.putNull("last_success"));
        now.put("state", state(newest, locked));
        locked.ifPresentOrElse(why -> now.put("locked", why), () -> now.putNull("locked"));
        newest.ifPresentOrElse(run -> now.put("run", run.brief()), () -> now.putNull("run"));
        String fixed = texts.text(task);
        return new Wire.Written(
                fixed.substring(0, fixed.length() - 1) + "," + now.toString().substring(1));
    }
}
