package io.skyferry.cli.run;

import io.skyferry.cli.console.LineSink;
import io.skyferry.control.json.Json;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.report.RunListener;
import io.skyferry.engine.report.Verdict;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes what happens in a run as JSON, one event a line; the last is the report.
///
/// Scripts rely on the names of events and members: they are only ever added to.
final class JsonEvents implements RunListener {
    private final LineSink out;
    private final Detail detail;

    /// Which events are written.
    enum Detail {
        /// What was done, what failed, what the user should know.
        EFFECTS,
        /// The steps of a plan too.
        PLAN,
        /// Also what was begun, and what was left alone and why.
        EVERYTHING
    }

    JsonEvents(LineSink out, Detail detail) {
        this.out = out;
        this.detail = detail;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Planned(var step) -> {
                if (detail != Detail.EFFECTS) {
                    write(Steps.describe(Json.event("plan"), step));
                }
            }
            case RunEvent.Began(var step) -> {
                if (detail == Detail.EVERYTHING) {
                    write(Steps.describe(Json.event("began"), step));
                }
            }
            case RunEvent.Done(var step, var _) -> write(Steps.describe(Json.event("done"), step));
            case RunEvent.InStep(var path, String reason) -> leftAlone(path, reason);
            case RunEvent.LeftAlone(var path, String reason) -> leftAlone(path, reason);
            case RunEvent.Failed(var path, String reason) ->
                write(Json.event("failed").put("path", path.text()).put("reason", reason));
            case RunEvent.Warned(String text) -> write(Json.event("warning").put("text", text));
            case RunEvent.Refused(String text) -> write(Json.event("refused").put("text", text));
        }
    }

    private void leftAlone(RelPath path, String reason) {
        if (detail == Detail.EVERYTHING) {
            write(Json.event("leftAlone").put("path", path.text()).put("reason", reason));
        }
    }

    /// How far the run is.
    void progress(Progress.Snapshot now) {
        write(Json.event("progress")
                .put("listed", now.listed())
                .put("checked", now.checked())
                .put("wanted", new Json().put("files", now.filesWanted()).put("bytes", now.bytesWanted()))
                .put("done", new Json().put("files", now.filesDone()).put("bytes", now.bytesDone()))
                .put("deleted", now.deleted())
                .put("failed", now.failed())
                .put("scanning", now.scanning())
                .put("inFlight", now.inFlight().stream().map(JsonEvents::flight).toList()));
    }

    private static Json flight(Progress.InFlight flight) {
        return new Json()
                .put("path", flight.path().text())
                .put("done", flight.done())
                .put("size", flight.size());
    }

    /// The last line of a run.
    void report(Report report) {
        write(line(report));
    }

    static Json line(Report report) {
        return Json.event("report")
                .put("verdict", word(report.verdict()))
                .put(
                        "transferred",
                        new Json().put("files", report.transferredFiles()).put("bytes", report.transferredBytes()))
                .put("copiedAtTarget", report.copiedAtTarget())
                .put("renamed", report.renamed())
                .put("deleted", report.deleted())
                .put("unchanged", report.unchanged())
                .put("skipped", report.skipped())
                .put("failed", report.failed())
                .put("requests", byName(report.requests()))
                .put("refusal", report.refusal());
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    /// Requests by the name of their call, `beginUpload`, in an order that does not change.
    static Map<String, Long> byName(Map<Verb, Long> requests) {
        Map<String, Long> names = new TreeMap<>();
        requests.forEach((verb, count) -> names.put(nameOf(verb), count));
        return names;
    }

    static String nameOf(Verb verb) {
        var name = new StringBuilder();
        for (String word : verb.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private void write(Json event) {
        out.line(event.toString());
    }
}
