package io.skyferry.control.runs;

import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import io.skyferry.engine.report.Progress;
import java.util.ArrayList;
import java.util.List;

/// How far a run is.
///
/// @param percent the least of bytes, files and checks, as TrueNAS shows it; 100 at the end of a run
///     that went well
/// @param description in words
/// @param inFlight some of the files on their way
public record RunProgress(
        int percent,
        String description,
        long listed,
        long checked,
        long filesDone,
        long filesWanted,
        long bytesDone,
        long bytesWanted,
        long deleted,
        long failed,
        List<InFlight> inFlight) {
    private static final int SHOWN = 20;

    /// Nothing yet.
    public static final RunProgress NONE = said(0, "");

    /// Makes the list unchangeable.
    public RunProgress {
        inFlight = List.copyOf(inFlight);
    }

    /// A file on its way, in bytes.
    public record InFlight(String path, long size, long done) {}

    /// Words alone.
    static RunProgress said(int percent, String description) {
        return new RunProgress(percent, description, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    static RunProgress of(Progress.Snapshot now) {
        List<InFlight> inFlight = now.inFlight().stream()
                .limit(SHOWN)
                .map(one -> new InFlight(one.path().text(), one.size(), one.done()))
                .toList();
        long checks = now.checked() + now.filesWanted();
        int percent = now.scanning()
                ? 0
                : Math.min(share(now.bytesDone(), now.bytesWanted()), share(now.filesDone(), now.filesWanted()));
        String description = "%s / %s files, %s / %s bytes, checks: %s"
                .formatted(now.filesDone(), now.filesWanted(), now.bytesDone(), now.bytesWanted(), checks);
        return new RunProgress(
                percent,
                description,
                now.listed(),
                checks,
                now.filesDone(),
                now.filesWanted(),
                now.bytesDone(),
                now.bytesWanted(),
                now.deleted(),
                now.failed(),
                inFlight);
    }

    private static int share(long done, long wanted) {
        return wanted <= 0 ? 100 : (int) Math.min(100, done * 100 / wanted);
    }

    RunProgress finished() {
        return new RunProgress(
                100,
                description,
                listed,
                checked,
                filesDone,
                filesWanted,
                bytesDone,
                bytesWanted,
                deleted,
                failed,
                List.of());
    }

    /// As JSON.
    public Json json() {
        return new Json()
                .put("percent", percent)
                .put("description", description)
                .put("listed", listed)
                .put("checked", checked)
                .put("files_done", filesDone)
                .put("files_wanted", filesWanted)
                .put("bytes_done", bytesDone)
                .put("bytes_wanted", bytesWanted)
                .put("deleted", deleted)
                .put("failed", failed)
                .put(
                        "in_flight",
                        inFlight.stream()
                                .map(one -> new Json()
                                        .put("path", one.path())
                                        .put("size", one.size())
                                        .put("done", one.done()))
                                .toList());
    }

    static RunProgress parse(String text) {
        if (text.isEmpty() || !(JsonValue.parse(text) instanceof JsonValue.Members all)) {
            return NONE;
        }
        List<InFlight> inFlight = new ArrayList<>();
        if (all.get("in_flight").orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Array(List<JsonValue> files)) {
            for (JsonValue file : files) {
                if (file instanceof JsonValue.Members one) {
                    inFlight.add(new InFlight(text(one, "path"), number(one, "size"), number(one, "done")));
                }
            }
        }
        return new RunProgress(
                (int) number(all, "percent"),
                text(all, "description"),
                number(all, "listed"),
                number(all, "checked"),
                number(all, "files_done"),
                number(all, "files_wanted"),
                number(all, "bytes_done"),
                number(all, "bytes_wanted"),
                number(all, "deleted"),
                number(all, "failed"),
                inFlight);
    }

    private static long number(JsonValue.Members all, String name) {
        return all.get(name).orElse(JsonValue.of(0)) instanceof JsonValue.Numeral numeral
                ? numeral.value().longValue()
                : 0;
    }

    private static String text(JsonValue.Members all, String name) {
        return all.get(name).orElse(JsonValue.of("")) instanceof JsonValue.Text(String value) ? value : "";
    }
}
