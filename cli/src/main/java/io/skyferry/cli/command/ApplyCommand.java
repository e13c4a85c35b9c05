package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.GuardOptions;
import io.skyferry.cli.option.PaceOptions;
import io.skyferry.cli.option.ShowOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.cli.run.RunView;
import io.skyferry.control.run.OneWayRuns;
import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.PlanFile;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.report.Report;
import io.skyferry.filter.Selection;
import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry apply`: does what a saved plan says.
@Command(
        name = "apply",
        abbreviateSynopsis = true,
        description = {
            "Do exactly what a plan says that --plan-out kept.",
            "What has changed since the plan was made is left alone and told; a source that has been emptied since,",
            "or lies on another file system, ends it before anything is done."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry sync ~/Documents /mnt/backup/documents --plan-out monday.plan",
            "  skyferry apply monday.plan"
        })
public final class ApplyCommand implements Action {
    private final Context context;

    private Path file = Path.of("");

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    @Mixin
    private final PaceOptions pace = new PaceOptions();

    @Mixin
    private final GuardOptions guards = new GuardOptions();

    /// A command in this context.
    public ApplyCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "FILE", description = "The plan.")
    void file(Path named) {
        file = named;
    }

    @Override
    public int act() {
        try (var plan = new PlanFile.Reader(file)) {
            return apply(plan);
        } catch (IOException failure) {
            var refused = new UsageException(
                    "Want a plan but '%s' cannot be read: %s".formatted(file, FileTrouble.of(failure)));
            refused.initCause(failure);
            throw refused;
        }
    }

    private int apply(PlanFile.Reader plan) {
        PlanFile.Header header = plan.header();
        guards.refuseWhatCountsTheTarget();
        var options = new RunOptions(
                RunOptions.Comparison.DEFAULTS, guards.guards(), pace.transfers(), RunOptions.Keeping.DEFAULTS, false);
        var task = new OneWayTask(
                header.mode(),
                header.source(),
                header.target(),
                Selection.everything(),
                options,
                header.backup(),
                header.references(),
                pace.patience());
        OneWayRuns runs = context.services().oneWayRuns(context.services().storages(pace.stack()));
        try (RunView view = new RunView(context, general, show, RunView.Kind.DOING, "apply");
                SpillFolder spill = new SpillFolder(context.services().newSpill());
                Interrupts interrupts = Interrupts.raising(context, view::abandoned)) {
            view.log().tell(LogLevel.INFO, "apply '%s'".formatted(file));
            Report report = runs.apply(task, header.places(), plan, spill.path(), view.watch());
            view.report(report);
            return interrupts.exitCode().orElse(OneWayCommand.exitCode(report.verdict()));
        }
    }
}
