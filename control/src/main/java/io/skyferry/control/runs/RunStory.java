package io.skyferry.control.runs;

import io.skyferry.control.runs.RunJob.Ended;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.report.Verdict;
import java.time.InstantSource;

/// Tells what a run does, for people in its log and for questions in its events.
final class RunStory implements VersionUndo.Hearing {
    private final RunLog log;
    private final FileEvents.Writer events;
    private final InstantSource clock;

    RunStory(RunLog log, FileEvents.Writer events, InstantSource clock) {
        this.log = log;
        this.events = events;
        this.clock = clock;
    }

    /// Tells what the engine tells.
    void heard(RunEvent event) {
        switch (event) {
            case RunEvent.Planned _ -> {}
            case RunEvent.Began _ -> {}
            case RunEvent.InStep _ -> {}
            case RunEvent.Done(Step step, long bytes) ->
                told(PlanChange.of(step).done(), step, bytes);
            case RunEvent.Failed(var path, String reason) -> {
                log.line(RunLog.Level.ERROR, "'%s': %s".formatted(path.text(), reason));
                event("failed", path.text(), 0, reason);
            }
            case RunEvent.LeftAlone(var path, String reason) -> event("skipped", path.text(), 0, reason);
            case RunEvent.Warned(String text) -> log.line(RunLog.Level.WARN, text);
            case RunEvent.Refused(String text) -> log.line(RunLog.Level.WARN, text);
        }
    }

    /// Tells of one step.
    void told(String what, Step step, long bytes) {
        log.info("%s: '%s'".formatted(what, step.path().text()));
        event(what, step.path().text(), bytes, "");
    }

    private void event(String what, String path, long bytes, String reason) {
        events.add(new FileEvents.Event(clock.instant(), what, path, bytes, reason));
    }

    @Override
    public void putBack(String path) {
        log.info("put back: '%s'".formatted(path));
        event("put back", path, 0, "");
    }

    @Override
    public void leftAlone(String path, String reason) {
        log.line(RunLog.Level.WARN, "'%s' stays as it is: %s".formatted(path, reason));
        event("skipped", path, 0, reason);
    }

    @Override
    public void failed(String path, String reason) {
        log.line(RunLog.Level.ERROR, "'%s': %s".formatted(path, reason));
        event("failed", path, 0, reason);
    }

    /// Tells how the engine ended, and what that makes of the run.
    Ended ended(Report report) {
        RunTotals totals = RunTotals.of(report);
        String message = switch (report.verdict()) {
            case SUCCESS, WARNINGS -> report.warnings().stream().findFirst().orElse("");
            case REFUSED -> GuardWords.ofTask(report.refusal());
            case ABORTED -> "Stopped";
            case FAILED -> failures(report);
        };
        log.line(
                report.verdict() == Verdict.SUCCESS ? RunLog.Level.INFO : RunLog.Level.WARN,
                "%s: %s%s".formatted(report.verdict(), totals.words(), message.isEmpty() ? "" : ". " + message));
        return new Ended(
                switch (report.verdict()) {
                    case SUCCESS -> RunState.SUCCESS;
                    case WARNINGS -> RunState.WARNINGS;
                    case FAILED -> RunState.FAILED;
                    case REFUSED -> RunState.REFUSED;
                    case ABORTED -> RunState.ABORTED;
                },
                message,
                totals,
                Trouble.NONE);
    }

    private static String failures(Report report) {
        String first = report.failures().stream()
                .findFirst()
                .map(one -> one.path().isEmpty() ? one.reason() : "'%s': %s".formatted(one.path(), one.reason()))
                .orElse("");
        return PlainText.of(
                report.failed() > 1 ? "%s of them failed; the first: %s".formatted(report.failed(), first) : first);
    }
}
