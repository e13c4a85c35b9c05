package io.skyferry.server.web.tasks;

import io.skyferry.control.audit.Role;
import io.skyferry.control.form.FormReader;
import io.skyferry.control.form.TaskForm;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The wizard and the form, which have the same fields and the same rules.
public final class TaskFormPages implements Pages {
    private static final String WIZARD = "/tasks/new";
    private static final String ADVANCED = "/tasks/new/advanced";

    private final ServerParts parts;
    private final FormViews views;

    /// Over these parts.
    public TaskFormPages(ServerParts parts) {
        this.parts = parts;
        this.views = new FormViews(parts);
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(WIZARD, Role.OPERATOR, visit -> provider(visit, begun(visit), List.of())),
                WebRoute.post(WIZARD, Role.OPERATOR, this::step),
                WebRoute.get(ADVANCED, Role.OPERATOR, visit -> advanced(visit, begun(visit), List.of())),
                WebRoute.post(ADVANCED, Role.OPERATOR, this::create),
                WebRoute.get("/tasks/{id}/edit", Role.OPERATOR, this::edit),
                WebRoute.post("/tasks/{id}/edit", Role.OPERATOR, this::update));
    }

    /// A new task; of a credential that was made on the way, the address tells.
    private static TaskForm begun(Visit visit) {
        return visit.query("credential")
                .map(id -> TaskForm.fresh().with("credentials", id))
                .orElseGet(TaskForm::fresh);
    }

    private static TaskForm posted(Visit visit) {
        return new TaskForm(visit.form().values());
    }

    /// What the wizard does not ask for has its usual value.
    private static TaskForm completed(Visit visit) {
        Map<String, List<String>> values = new LinkedHashMap<>(TaskForm.fresh().values());
        values.putAll(visit.form().values());
        return new TaskForm(values);
    }

    private static Reply page(String template, String title, TaskFormPage view) {
        Reply.Page page =
                view.form().isWrong() ? Reply.invalid(template, title, view) : Reply.page(template, title, view);
        return page.with("tasks.js", "tasks.css");
    }

    private Reply provider(Visit visit, TaskForm form, List<FieldError> errors) {
        return page(
                "tasks/provider.jte", "New task: Provider", views.page(visit, form, errors, Optional.empty(), WIZARD));
    }

    private Reply whatAndWhen(Visit visit, TaskForm form, List<FieldError> errors) {
        return page(
                "tasks/what.jte", "New task: What and When", views.page(visit, form, errors, Optional.empty(), WIZARD));
    }

    private Reply advanced(Visit visit, TaskForm form, List<FieldError> errors) {
        return page("tasks/form.jte", "New task", views.page(visit, form, errors, Optional.empty(), ADVANCED));
    }

    private Reply step(Visit visit) {
        TaskForm form = completed(visit);
        return switch (form.text("go")) {
            case "advanced" -> advanced(visit, form, List.of());
            case "back" -> provider(visit, form, List.of());
            case "save" -> {
                TaskForm named =
                        form.text("description").isBlank() ? form.with("description", description(form)) : form;
                yield saved(visit, named, errors -> whatAndWhen(visit, named, errors));
            }
            default -> {
                boolean chosen =
                        form.credential().flatMap(parts.credentials()::find).isPresent();
                yield chosen
                        ? whatAndWhen(visit, form, List.of())
                        : provider(
                                visit, form, List.of(new FieldError("credentials", "Choose a credential, or add one")));
            }
        };
    }

    /// As TrueNAS names tasks that nobody named.
    private String description(TaskForm form) {
        String account = form.credential()
                .flatMap(parts.credentials()::find)
                .map(one -> one.name())
                .orElse("");
        String text = "%s - %s".formatted(account, form.text("path"));
        return text.length() > 150 ? text.substring(0, 150) : text;
    }

    private Reply create(Visit visit) {
        TaskForm form = posted(visit);
        return saved(visit, form, errors -> advanced(visit, form, errors));
    }

    private static TaskForm.ScriptFields scripts(Visit visit) {
        return visit.may(Role.ADMIN) ? TaskForm.ScriptFields.SHOWN : TaskForm.ScriptFields.LEFT_OUT;
    }

    private Reply saved(Visit visit, TaskForm form, Function<List<FieldError>, Reply> again) {
        FormReader.Read read = form.read(scripts(visit));
        List<FieldError> errors = new ArrayList<>(read.errors());
        try {
            if (errors.isEmpty()) {
                Task made = parts.tasks().create(read.task(), visit.caller());
                return Reply.to("/tasks/" + made.id())
                        .saying(
                                made.fields().timing().enabled()
                                        ? "Saved. It runs by its schedule; a dry run shows what it would do."
                                        : "Saved. It is disabled: it runs by hand only.");
            }
            var _ = parts.tasks().askingNobody().check(read.task(), visit.caller());
        } catch (InvalidException invalid) {
            errors.addAll(invalid.errors());
        } catch (RefusedException refused) {
            errors.add(new FieldError("", String.valueOf(refused.getMessage())));
        }
        return again.apply(errors);
    }

    private Reply edit(Visit visit) {
        Task task = parts.tasks().get(visit.number("id"));
        return editPage(visit, task, TaskForm.of(task), List.of());
    }

    private Reply editPage(Visit visit, Task task, TaskForm form, List<FieldError> errors) {
        String title = "Edit " + task.name();
        return page(
                "tasks/form.jte",
                title,
                views.page(visit, form, errors, Optional.of(task), "/tasks/%s/edit".formatted(task.id())));
    }

    private Reply update(Visit visit) {
        Task task = parts.tasks().get(visit.number("id"));
        TaskForm form = posted(visit);
        FormReader.Read read = form.read(scripts(visit));
        List<FieldError> errors = new ArrayList<>(read.errors());
        if (!form.text("revision").equals(Long.toString(task.revision()))) {
            errors.add(new FieldError(
                    "",
                    "Somebody else changed this task meanwhile. What you see is yours: save again to replace theirs"));
        }
        if (errors.isEmpty()) {
            try {
                JsonValue.Members changes = read.task();
                parts.tasks().update(task.id(), changes, visit.caller());
                return Reply.to("/tasks/" + task.id()).saying("Saved.");
            } catch (InvalidException invalid) {
                errors.addAll(invalid.errors());
            } catch (RefusedException refused) {
                errors.add(new FieldError("", String.valueOf(refused.getMessage())));
            }
        }
        return editPage(visit, task, form, errors);
    }
}
