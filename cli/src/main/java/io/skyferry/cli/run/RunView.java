package io.skyferry.cli.run;

import io.skyferry.cli.Context;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Names;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.console.TerminalSize;
import io.skyferry.cli.log.Log;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.log.LogTarget;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.ShowOptions;
import io.skyferry.control.run.PlanTotals;
import io.skyferry.control.run.Watch;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.RunListener;
import io.skyferry.engine.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// All that is shown of one run: the log, how far it is, its plan and its report.
public final class RunView implements AutoCloseable {
    private static final Duration LIVE_PACE = Duration.ofMillis(250);
    private static final Duration KEPT_PACE = Duration.ofMinutes(1);

    private final Context context;
    private final GeneralOptions general;
    private final Kind kind;
    private final Output out;
    private final Progress progress = new Progress();
    private final Display display;
    private final LogTarget log;
    private final @Nullable JsonEvents events;
    private final RunLog runLog;
    private final long began;
    private final AtomicBoolean reported = new AtomicBoolean();
    private @Nullable Ticker ticker;

    /// What kind of run is shown.
    public enum Kind {
        /// Things are done.
        DOING,
        /// The plan alone is shown.
        PLANNING
    }

    /// Begins to show a run.
    ///
    /// @param command its name
    public RunView(Context context, GeneralOptions general, ShowOptions show, Kind kind, String command) {
        Console console = context.console();
        this.context = context;
        this.general = general;
        this.kind = kind;
        this.out = console.out();
        boolean isLive = console.err().kind() == Output.Kind.TERMINAL && !show.isJson();
        this.events = show.isJson() ? new JsonEvents(this::atOnce, detail()) : null;
        this.display = events != null
                ? new JsonDisplay(events, console.err())
                : isLive
                        ? new LiveDisplay(console.err(), new TerminalSize(console.environment(), console.nanoTime()))
                        : new LineDisplay(console.err());
        this.log = LogTarget.open(general, context, command, display);
        this.runLog = new RunLog(log.log());
        this.began = console.nanoTime().getAsLong();
        Optional<Duration> pace = general.isQuiet() ? Optional.empty() : show.pace(isLive, LIVE_PACE, KEPT_PACE);
        pace.ifPresent(each -> ticker = new Ticker(progress, display, each, console.nanoTime()));
    }

    /// Whoever reads along wants each event when it happens.
    private void atOnce(String line) {
        out.line(line);
        out.flush();
    }

    private JsonEvents.Detail detail() {
        if (LogLevel.DEBUG.isToldAt(general.threshold())) {
            return JsonEvents.Detail.EVERYTHING;
        }
        return kind == Kind.PLANNING ? JsonEvents.Detail.PLAN : JsonEvents.Detail.EFFECTS;
    }

    /// How the run is followed.
    public Watch watch() {
        RunListener listener = event -> {
            runLog.on(event);
            if (events != null) {
                events.on(event);
            }
        };
        return new Watch(listener, progress, context.cancel());
    }

    /// The log of the run.
    public Log log() {
        return log.log();
    }

    /// Shows a step of a plan.
    public void planned(Step step) {
        if (events == null) {
            out.line(Names.shown(Steps.planned(step)));
        }
    }

    /// Shows what a plan comes to, as the last thing.
    public void plan(PlanTotals totals, Report looked) {
        Report report = totals.report(looked);
        endTicker();
        if (events != null) {
            events.report(report);
            return;
        }
        out.line("");
        ReportText.plan(report).forEach(line -> out.line(Names.shown(line)));
    }

    /// Shows that the run was stopped before it could say itself how far it came, as the last thing.
    public void abandoned() {
        Progress.Snapshot now = progress.snapshot();
        report(new Report(
                Verdict.ABORTED,
                now.filesDone(),
                Math.max(0, now.bytesDone()),
                0,
                0,
                now.deleted(),
                0,
                0,
                now.failed(),
                Map.of(),
                List.of(),
                List.of(),
                ""));
    }

    /// Shows what became of the run, as the last thing.
    public void report(Report report) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        endTicker();
        if (events != null) {
            events.report(report);
        } else if (!general.isQuiet()) {
            Duration time = Duration.ofNanos(context.console().nanoTime().getAsLong() - began);
            ReportText.lines(report, time, repeats()).forEach(line -> out.line(Names.shown(line)));
        }
    }

    /// Whoever looks at one terminal has just seen what failed; whoever keeps the output has it elsewhere.
    private ReportText.Failures repeats() {
        boolean seen = out.kind() == Output.Kind.TERMINAL && general.logFile().isEmpty();
        return seen ? ReportText.Failures.COUNTED : ReportText.Failures.NAMED;
    }

    private void endTicker() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
        display.close();
    }

    @Override
    public void close() {
        endTicker();
        log.close();
        out.flush();
    }
}
