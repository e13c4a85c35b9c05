package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.RunArguments;
import io.skyferry.cli.run.RunView;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.PlanFile;
import io.skyferry.control.run.PlanTotals;
import io.skyferry.control.run.PlannedPlaces;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.filter.Filter;
import io.skyferry.limits.FileTrouble;
import io.skyferry.storage.Capabilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `copy`, `sync` and `move` do alike.
final class OneWayCommand {
    private final Context context;
    private final Mode mode;
    private final RunArguments arguments;

    OneWayCommand(Context context, Mode mode, RunArguments arguments) {
        this.context = context;
        this.mode = mode;
        this.arguments = arguments;
    }

    /// Does it, or tells what it would do.
    ///
    /// @return the exit code
    int run() {
        Filter selection = arguments.selection(context::now);
        OneWayTask task = arguments.task(mode, selection);
        String name = mode.name().toLowerCase(Locale.ROOT);
        RunView.Kind kind = arguments.isPlan() ? RunView.Kind.PLANNING : RunView.Kind.DOING;
        OneWayRuns runs = context.services().oneWayRuns(context.services().storages(arguments.stack()));
        try (RunView view = new RunView(context, arguments.general(), arguments.show(), kind, name);
                SpillFolder spill = new SpillFolder(context.services().newSpill());
                Interrupts interrupts = Interrupts.raising(context, view::abandoned)) {
            view.log().tell(LogLevel.INFO, name + " " + arguments.ways());
            selection.warnings().forEach(text -> view.log().tell(LogLevel.NOTICE, text));
            Report report;
            if (arguments.isPlan()) {
                report = plan(runs, task, spill.path(), view);
            } else {
                report = runs.run(task, spill.path(), view.watch());
                view.report(report);
            }
            if (report.isIdle()) {
                selection.doubts().forEach(text -> view.log().tell(LogLevel.NOTICE, text));
            }
            return interrupts.exitCode().orElse(exitCode(report));
        }
    }

    private int exitCode(Report report) {
        int code = exitCode(report.verdict());
        boolean idle = report.transferredFiles() + report.copiedAtTarget() + report.renamed() == 0;
        boolean tells = arguments.tellsNoTransfer() && !arguments.isPlan();
        return code == ExitCodes.SUCCESS && idle && tells ? ExitCodes.NO_TRANSFER : code;
    }

    private Report plan(OneWayRuns runs, OneWayTask task, Path spill, RunView view) {
        try (var sink = new Sink(task, view, arguments.planOut().orElse(null), spill)) {
            Report looked = runs.plan(task, spill, view.watch(), sink);
            if (looked.verdict() == Verdict.SUCCESS || looked.verdict() == Verdict.WARNINGS) {
                sink.finish();
            }
            view.plan(sink.totals, looked);
            return sink.totals.report(looked);
        } catch (IOException failure) {
            Path file = arguments.planOut().orElseThrow();
            throw new UncheckedIOException(
                    "The plan '%s' cannot be kept: %s".formatted(file, FileTrouble.of(failure)), failure);
        }
    }

    static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case SUCCESS, WARNINGS -> ExitCodes.SUCCESS;
            case FAILED -> ExitCodes.FAILED;
            case REFUSED -> ExitCodes.REFUSED;
            case ABORTED -> ExitCodes.INTERRUPTED;
        };
    }

    /// Shows the steps of a plan, counts them, and keeps them if that is wanted.
    private static final class Sink implements OneWayRuns.PlanSink, AutoCloseable {
        private final OneWayTask task;
        private final RunView view;
        private final PlanTotals totals = new PlanTotals();
        private final PlanFile.@Nullable Writer writer;

        Sink(OneWayTask task, RunView view, @Nullable Path file, Path scratch) throws IOException {
            this.task = task;
            this.view = view;
            this.writer = file == null ? null : new PlanFile.Writer(file, scratch);
        }

        @Override
        public void begin(PlannedPlaces places, Capabilities target) {
            totals.begin(target);
            if (writer != null) {
                writer.begin(PlanFile.Header.of(task, places));
            }
        }

        @Override
        public void accept(Step step) {
            totals.add(step);
            view.planned(step);
            if (writer != null) {
                writer.step(step);
            }
        }

        void finish() throws IOException {
            if (writer != null) {
                writer.finish();
            }
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
