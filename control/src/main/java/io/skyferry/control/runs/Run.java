package io.skyferry.control.runs;

import io.skyferry.control.json.Json;
import java.time.Instant;
import java.util.Optional;

/// One run of a task, waiting, going on or ended.
///
/// @param task its number; empty: it was never saved
/// @param description of the task when the run was asked for
/// @param caller who asked for it
/// @param message what is to be known: why it waits, failed or was refused
/// @param excerpt the first and last lines of its log
/// @param origin the run that this one approves, resumes or undoes
/// @param answered when somebody approved of its plan
public record Run(
        long id,
        Optional<Long> task,
        String description,
        RunKind kind,
        RunCause cause,
        String caller,
        RunState state,
        Instant queued,
        Optional<Instant> started,
        Optional<Instant> finished,
        String message,
        String excerpt,
        RunProgress progress,
        RunTotals totals,
        Optional<Long> origin,
        Optional<Instant> answered) {
    /// As JSON in lists: without the excerpt, which is most of it.
    public Json brief() {
        return json(Optional.empty());
    }

    /// As JSON, for all skins.
    public Json json() {
        return json(Optional.of(excerpt));
    }

    private Json json(Optional<String> shown) {
        var json = new Json().put("id", id);
        task.ifPresentOrElse(number -> json.put("task", number), () -> json.putNull("task"));
        json.put("description", description)
                .put("kind", kind.name())
                .put("cause", cause.name())
                .put("caller", caller)
                .put("state", state.name())
                .put("queued", queued.toString());
        started.ifPresentOrElse(time -> json.put("started", time.toString()), () -> json.putNull("started"));
        finished.ifPresentOrElse(time -> json.put("finished", time.toString()), () -> json.putNull("finished"));
        json.put("message", message);
        shown.ifPresent(lines -> json.put("excerpt", lines));
        json.put("progress", progress.json())
                .put(
                        "totals",
                        new Json()
                                .put("files", totals.files())
                                .put("bytes", totals.bytes())
                                .put("copied", totals.copied())
                                .put("renamed", totals.renamed())
                                .put("deleted", totals.deleted())
                                .put("unchanged", totals.unchanged())
                                .put("skipped", totals.skipped())
                                .put("failed", totals.failed())
                                .put("warnings", totals.warnings()));
        origin.ifPresentOrElse(run -> json.put("origin", run), () -> json.putNull("origin"));
        answered.ifPresentOrElse(time -> json.put("answered", time.toString()), () -> json.putNull("answered"));
        return json;
    }
}
