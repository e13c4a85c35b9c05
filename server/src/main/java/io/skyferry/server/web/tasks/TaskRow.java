package io.skyferry.server.web.tasks;

import io.skyferry.control.form.TaskForm;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import io.skyferry.server.web.StateBadge;
import io.skyferry.server.web.credentials.KindNames;
import io.skyferry.server.web.runs.RunWords;
import java.util.Optional;

/// A task in the list.
///
/// @param run the newest one
/// @param credential its name; empty: it is gone
/// @param frequency the schedule in words
public record TaskRow(Task task, Optional<Run> run, String credential, String provider, String frequency) {
    /// The task as its form shows it.
    public TaskForm form() {
        return TaskForm.of(task);
    }

    /// What is shown as its state.
    public String state() {
        return run.map(one -> one.state().name()).orElse(StateBadge.PENDING);
    }

    /// Whether something of it waits or goes on.
    public boolean isBusy() {
        return run.filter(one -> !one.state().isFinal()).isPresent();
    }

    /// How far the run is, in percent; empty where none goes on.
    public Optional<Long> percent() {
        return run.filter(one -> one.state() == RunState.RUNNING).map(one -> RunWords.percent(one.progress()));
    }

    /// The five fields, or `Disabled`.
    public String schedule() {
        return task.fields().timing().enabled() ? task.fields().timing().cron().toString() : "Disabled";
    }

    /// What the kind of its account is called; empty: the account is gone.
    public String kind() {
        return provider.isEmpty() ? "" : KindNames.title(provider);
    }

    /// How fast it may go, as people say it.
    public String bandwidth() {
        String text = form().text("bwlimit");
        return text.isEmpty() ? "no limit" : WeekPart.words(text);
    }

    /// Whether the schedule counts.
    public boolean isEnabled() {
        return task.fields().timing().enabled();
    }

    /// PUSH or PULL.
    public String direction() {
        return task.fields().direction().name();
    }

    /// COPY, SYNC or MOVE.
    public String mode() {
        return form().text("transfer_mode");
    }

    /// Where at the account.
    public String remote() {
        String bucket = task.fields().attributes().getOrDefault("bucket", "");
        String folder = task.fields().attributes().getOrDefault("folder", "").replaceFirst("^/+", "");
        return "%s:%s%s%s".formatted(credential, bucket, bucket.isEmpty() ? "" : "/", folder);
    }

    /// Where files come from.
    public String source() {
        return direction().equals("PUSH") ? task.fields().path() : remote();
    }

    /// Where they go.
    public String target() {
        return direction().equals("PUSH") ? remote() : task.fields().path();
    }

    /// What a run does, before one begins it.
    public String runWords() {
        return switch (mode()) {
            case "SYNC" ->
                "Files of '%s' are copied to '%s', and what is not at the source is deleted there. The guards of the task hold."
                        .formatted(source(), target());
            case "MOVE" ->
                "Files of '%s' are copied to '%s' and then deleted at the source.".formatted(source(), target());
            default ->
                "Files of '%s' are copied to '%s'. Files of the same name there are replaced; nothing is deleted."
                        .formatted(source(), target());
        };
    }
}
