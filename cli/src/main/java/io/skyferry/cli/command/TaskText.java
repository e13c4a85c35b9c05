package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.console.Output;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tasks and runs as they are shown.
final class TaskText {
    private TaskText() {}

    /// Whoever uses the command line.
    static Caller caller() {
        return Caller.local(System.getProperty("user.name", "unknown"));
    }

    /// Writes into the audit log what a command changed that does not write there by itself.
    static void audit(Context context, String action, String object, String details) {
        context.services().database().write(session -> {
            AuditLog.add(session, caller(), context.services().clock().instant(), action, object, details);
            return true;
        });
    }

    /// How a task stands: as its run that goes on, or its newest one.
    static String state(Optional<Run> newest) {
        return newest.map(run -> run.state().name()).orElse("PENDING");
    }

    /// A task as JSON, with the name of its credential and its newest run.
    static JsonValue.Members json(Context context, Task task) {
        return json(context, task, newest(context, task));
    }

    static JsonValue.Members json(Context context, Task task, Optional<Run> newest) {
        JsonValue.Members all = TaskJson.write(task)
                .with("credential_name", JsonValue.of(credential(context, task)))
                .with("state", JsonValue.of(state(newest)));
        return newest.isPresent()
                ? all.with("job", JsonValue.parse(newest.orElseThrow().json().toString()))
                : all.with("job", new JsonValue.Null());
    }

    static Optional<Run> newest(Context context, Task task) {
        return Optional.ofNullable(
                context.services().runs().newest(List.of(task.id())).get(task.id()));
    }

    static String credential(Context context, Task task) {
        return context.services()
                .credentials()
                .find(task.fields().credential())
                .map(Credential::name)
                .orElse("?");
    }

    /// One line for a run.
    static String line(Run run, Output out) {
        String when = run.started().orElse(run.queued()).toString();
        return "%s  %s  %-11s %-8s %s%s"
                .formatted(
                        run.id(),
                        when,
                        run.state(),
                        run.kind() == RunKind.DRY_RUN ? "dry run" : run.cause(),
                        out.name(run.description()),
                        run.message().isEmpty() ? "" : ": " + out.name(run.message()));
    }

    static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("-");
    }
}
