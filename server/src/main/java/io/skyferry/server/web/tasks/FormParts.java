package io.skyferry.server.web.tasks;

import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Verification;
import io.skyferry.control.form.FormReader;
import io.skyferry.control.form.TaskForm;
import io.skyferry.control.form.Ticks;
import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.FilterPreview;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.Directories;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.TaskLooks;
import io.skyferry.control.task.TaskWork;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What helps to fill in a task, each a part of its form that is made anew while one fills it in.
public final class FormParts implements Pages {
    private final ServerParts parts;
    private final FormViews views;
    private final TaskLooks looks;
    private final Directories directories;

    /// Over these parts.
    public FormParts(ServerParts parts) {
        this.parts = parts;
        this.views = new FormViews(parts);
        this.looks = new TaskLooks(
                parts.tasks(), parts.credentials(), parts.settings(), parts.opener(), parts.clock(), parts.zone());
        this.directories = parts.directories();
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                part("check", this::check),
                part("schedule", this::schedule),
                part("bandwidth", this::bandwidth),
                part("remote", this::remote),
                part("options", visit -> Reply.part("tasks/options.jte", views.remote(form(visit), List.of()))),
                part("buckets", this::buckets),
                part("bucket", this::makeBucket),
                part("tree", this::tree),
                part("ticks", this::ticks),
                part("preview", this::preview),
                part("verify", this::verify),
                part("dry-run", this::dryRun));
    }

    private static WebRoute part(String name, WebRoute.Answering answering) {
        return WebRoute.post("/tasks/form/" + name, Role.OPERATOR, answering);
    }

    private static TaskForm form(Visit visit) {
        return new TaskForm(visit.form().values());
    }

    /// The number of the task that is changed.
    private static Optional<Long> saved(Visit visit) {
        String text = visit.form().value("task");
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private Reply check(Visit visit) {
        FormReader.Read read =
                form(visit).read(visit.may(Role.ADMIN) ? TaskForm.ScriptFields.SHOWN : TaskForm.ScriptFields.LEFT_OUT);
        List<FieldError> errors = new ArrayList<>(read.errors());
        try {
            Optional<Long> saved = saved(visit);
            JsonValue.Members task = saved.isPresent()
                    ? parts.tasks().revealed(read.task(), saved.orElseThrow(), visit.caller())
                    : read.task();
            var _ = parts.tasks().askingNobody().check(task, visit.caller());
        } catch (InvalidException invalid) {
            errors.addAll(invalid.errors());
        }
        return new Reply.Data(new Json()
                .put(
                        "errors",
                        errors.stream()
                                .map(one -> new Json().put("path", one.path()).put("message", one.message()))
                                .toList())
                .toString());
    }

    private Reply schedule(Visit visit) {
        return Reply.part(
                "tasks/due.jte", SchedulePart.of(form(visit), parts.clock().instant(), parts.zone()));
    }

    private Reply bandwidth(Visit visit) {
        TaskForm form = form(visit);
        String text = form.text("bwlimit");
        return Reply.part(
                "tasks/week.jte",
                form.text("from").isEmpty()
                        ? WeekPart.of(text)
                        : WeekPart.painted(text, form.text("from"), form.text("to"), form.text("paint")));
    }

    private Reply remote(Visit visit) {
        return Reply.part("tasks/remote.jte", views.remote(form(visit), List.of()));
    }

    private Reply buckets(Visit visit) {
        return bucketPart(visit, form(visit), "");
    }

    private Reply bucketPart(Visit visit, TaskForm form, String words) {
        String chosen = form.text("attributes.bucket");
        try {
            List<String> buckets = directories.buckets(form.credential().orElse(0L), visit.caller());
            return Reply.part("tasks/bucket.jte", new BucketPart(form.credential(), chosen, buckets, "", words));
        } catch (StorageException | RefusedException | IllegalArgumentException trouble) {
            return Reply.part(
                    "tasks/bucket.jte",
                    new BucketPart(form.credential(), chosen, List.of(), String.valueOf(trouble.getMessage()), words));
        }
    }

    private Reply makeBucket(Visit visit) {
        TaskForm form = form(visit);
        String name = form.text("new_bucket").strip();
        try {
            directories.makeBucket(form.credential().orElse(0L), name, visit.caller());
        } catch (StorageException | RefusedException | IllegalArgumentException | InvalidException trouble) {
            return bucketPart(visit, form, "The bucket was not made: " + trouble.getMessage());
        }
        return bucketPart(visit, form.with("attributes.bucket", name), "The bucket '%s' was made.".formatted(name));
    }

    private TaskWork sketch(Visit visit) {
        return parts.tasks()
                .sketch(form(visit).read(TaskForm.ScriptFields.LEFT_OUT).task(), saved(visit), visit.caller());
    }

    private Reply tree(Visit visit) {
        TreePart.Side side = TreePart.Side.of(visit.form().value("side"));
        String skip = visit.form().value("skip");
        var sought = new TreePart.Sought(
                visit.form().value("at"),
                visit.form().value("text"),
                skip.matches("[0-9]{1,9}") ? Integer.parseInt(skip) : 0);
        return Reply.part("tasks/tree.jte", safely(side, () -> level(visit, side, sought)));
    }

    private static TreePart safely(TreePart.Side side, Supplier<TreePart> looking) {
        try {
            return looking.get();
        } catch (StorageException | InvalidException | RefusedException | IllegalArgumentException trouble) {
            return TreePart.trouble(side, String.valueOf(trouble.getMessage()));
        }
    }

    private TreePart level(Visit visit, TreePart.Side side, TreePart.Sought sought) {
        String at = sought.at();
        return switch (side) {
            case LOCAL ->
                at.isEmpty()
                        ? TreePart.top(looks.topFolders(visit.caller()))
                        : TreePart.of(side, sought, looks.local(at, visit.caller()), Set.of());
            case REMOTE -> TreePart.of(side, sought, looks.remote(sketch(visit), at, visit.caller()), Set.of());
            case SOURCE -> {
                List<Entry> entries = looks.source(sketch(visit), at, visit.caller());
                Set<String> ticked = Ticks.of("", form(visit).lines("include"))
                        .map(Ticks::names)
                        .orElse(Set.of());
                yield TreePart.of(side, sought, entries, ticked);
            }
        };
    }

    /// The include rules of what is ticked: of what is seen, and of what was ticked before and is not seen now, as its
    /// folder is closed or its name is not among those that were looked for.
    private Reply ticks(Visit visit) {
        Set<String> names = new LinkedHashSet<>(
                Ticks.of("", form(visit).lines("include")).map(Ticks::names).orElse(Set.of()));
        names.removeAll(texts(visit, "seen"));
        names.addAll(texts(visit, "tick"));
        var ticks = new Ticks(visit.form().value("folder"), Set.copyOf(names));
        return new Reply.Data(new Json()
                .put("include", String.join("\n", ticks.includes()))
                .put("words", ticks.words())
                .toString());
    }

    private static List<String> texts(Visit visit, String field) {
        List<String> texts = new ArrayList<>();
        for (String value : visit.form().all(field)) {
            if (JsonValue.parse(value) instanceof JsonValue.Text(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private Reply preview(Visit visit) {
        try {
            FilterPreview preview = looks.preview(sketch(visit), FilterPreview.Depth.USUAL, visit.caller());
            return Reply.part("tasks/preview.jte", new PreviewPart(Optional.of(preview), ""));
        } catch (StorageException | InvalidException | RefusedException | IllegalArgumentException trouble) {
            return Reply.part(
                    "tasks/preview.jte", new PreviewPart(Optional.empty(), String.valueOf(trouble.getMessage())));
        }
    }

    private Reply verify(Visit visit) {
        Optional<Credential> credential = form(visit).credential().flatMap(parts.credentials()::find);
        if (credential.isEmpty()) {
            return Reply.part("tasks/verify.jte", new VerifyPart(Optional.empty(), "Choose a credential first", 0));
        }
        Credential account = credential.orElseThrow();
        String path = form(visit).text("attributes.bucket");
        try {
            parts.tasks().expectReachable(account, path);
            var place = new StorageSpec(account.name(), Map.of(Places.ROOT_SETTING, path));
            return Reply.part(
                    "tasks/verify.jte",
                    new VerifyPart(
                            Optional.of(Verification.of(place, parts.opener(), parts.probe())), "", account.id()));
        } catch (StorageException | RefusedException | IllegalArgumentException trouble) {
            return Reply.part(
                    "tasks/verify.jte",
                    new VerifyPart(Optional.empty(), String.valueOf(trouble.getMessage()), account.id()));
        }
    }

    private Reply dryRun(Visit visit) {
        FormReader.Read read = form(visit).read(TaskForm.ScriptFields.LEFT_OUT);
        if (!read.errors().isEmpty()) {
            throw new InvalidException(read.errors());
        }
        Optional<Long> saved = saved(visit);
        Run run = saved.isPresent()
                ? parts.runs().triggerChanged(saved.orElseThrow(), read.task(), RunKind.DRY_RUN, visit.caller())
                : parts.runs().triggerUnsaved(read.task(), RunKind.DRY_RUN, visit.caller());
        return Reply.part("tasks/live.jte", PlanPage.of(parts, run, PlanPage.Filter.NONE));
    }
}
