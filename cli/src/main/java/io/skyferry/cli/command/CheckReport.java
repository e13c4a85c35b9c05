package io.skyferry.cli.command;

import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.CheckOutputs;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.Check;
import io.skyferry.limits.FileTrouble;
import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Tells what a check finds: to the log, to lists of paths, as JSON, and in a few lines at its end.
final class CheckReport implements Check.Findings, AutoCloseable {
    private final Output out;
    private final Log log;
    private final boolean json;
    private final @Nullable Output combined;
    private final Map<Finding, Output> lists = new EnumMap<>(Finding.class);
    private final Map<String, Output> files = new HashMap<>();
    private final Map<Finding, LongAdder> counts = new EnumMap<>(Finding.class);

    /// What can be found of a path.
    private enum Finding {
        MATCH("=", "match"),
        DIFFER("*", "differ"),
        MISSING_AT_SOURCE("-", "missingAtSource"),
        MISSING_AT_TARGET("+", "missingAtTarget"),
        ERROR("!", "error");

        private final String sign;
        private final String event;

        Finding(String sign, String event) {
            this.sign = sign;
            this.event = event;
        }
    }

    private CheckReport(Console console, Log log, CheckOutputs outputs, boolean json) {
        this.out = console.out();
        this.log = log;
        this.json = json;
        for (Finding finding : Finding.values()) {
            counts.put(finding, new LongAdder());
        }
        this.combined = outputs.combined().map(this::opened).orElse(null);
        list(Finding.MATCH, outputs.match());
        list(Finding.DIFFER, outputs.differ());
        list(Finding.MISSING_AT_SOURCE, outputs.missingOnSource());
        list(Finding.MISSING_AT_TARGET, outputs.missingOnTarget());
        list(Finding.ERROR, outputs.error());
    }

    /// Opens the lists that are wanted.
    static CheckReport open(Console console, Log log, CheckOutputs outputs, boolean json) {
        return new CheckReport(console, log, outputs, json);
    }

    private void list(Finding finding, Optional<String> place) {
        place.ifPresent(file -> lists.put(finding, opened(file)));
    }

    private Output opened(String place) {
        return place.equals("-") ? out : files.computeIfAbsent(place, CheckReport::file);
    }

    private static Output file(String place) {
        try {
            return new Output(Files.newOutputStream(Path.of(place)), Output.Kind.PIPE);
        } catch (IOException failure) {
            var refused = new UsageException(
                    "Want a file for paths but '%s' cannot be opened: %s".formatted(place, FileTrouble.of(failure)));
            refused.initCause(failure);
            throw refused;
        }
    }

    @Override
    public void match(RelPath path) {
        found(Finding.MATCH, path, "");
        if (log.tells(LogLevel.DEBUG)) {
            log.tell(LogLevel.DEBUG, path + ": the same");
        }
    }

    @Override
    public void differ(RelPath path, String why) {
        found(Finding.DIFFER, path, why);
        log.tell(LogLevel.ERROR, "%s: differs: %s".formatted(path, why));
    }

    @Override
    public void missingAtSource(RelPath path) {
        found(Finding.MISSING_AT_SOURCE, path, "");
        log.tell(LogLevel.ERROR, path + ": only at the target");
    }

    @Override
    public void missingAtTarget(RelPath path) {
        found(Finding.MISSING_AT_TARGET, path, "");
        log.tell(LogLevel.ERROR, path + ": only at the source");
    }

    @Override
    public void error(RelPath path, String why) {
        found(Finding.ERROR, path, why);
        log.tell(LogLevel.ERROR, "%s: %s".formatted(path, why));
    }

    private void found(Finding finding, RelPath path, String why) {
        counter(finding).increment();
        if (combined != null) {
            combined.line(finding.sign + " " + combined.name(path.text()));
        }
        Output list = lists.get(finding);
        if (list != null) {
            list.line(list.name(path.text()));
        }
        if (json && finding != Finding.MATCH) {
            Json event = Json.event(finding.event).put("path", path.text());
            out.line((why.isEmpty() ? event : event.put("reason", why)).toString());
        }
    }

    /// Tells the end.
    ///
    /// @return whether both places are the same
    boolean finish() {
        boolean same =
                Arrays.stream(Finding.values()).allMatch(finding -> finding == Finding.MATCH || count(finding) == 0);
        if (json) {
            Json report = Json.event("report").put("verdict", same ? "success" : "failed");
            for (Finding finding : Finding.values()) {
                report.put(finding.event, count(finding));
            }
            out.line(report.toString());
        } else {
            out.line("%s: %s the same, %s different, %s only at the source, %s only at the target, %s not compared"
                    .formatted(
                            same ? "No differences" : "Differences",
                            count(Finding.MATCH),
                            count(Finding.DIFFER),
                            count(Finding.MISSING_AT_TARGET),
                            count(Finding.MISSING_AT_SOURCE),
                            count(Finding.ERROR)));
        }
        return same;
    }

    /// Whether no file was met that is selected.
    boolean isIdle() {
        return Arrays.stream(Finding.values()).allMatch(finding -> count(finding) == 0);
    }

    private LongAdder counter(Finding finding) {
        return counts.getOrDefault(finding, new LongAdder());
    }

    private long count(Finding finding) {
        return counter(finding).sum();
    }

    @Override
    public void close() {
        files.values().forEach(Output::close);
    }
}
