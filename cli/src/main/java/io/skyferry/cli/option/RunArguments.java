package io.skyferry.cli.option;

import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Everything that `copy`, `sync` and `move` take.
public final class RunArguments {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "A folder or a file.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder; it is made if it is not there.")
    private String target = "";

    @Mixin
    private GeneralOptions general = new GeneralOptions();

    @Mixin
    private ShowOptions show = new ShowOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private CompareOptions compare = new CompareOptions();

    @Mixin
    private GuardOptions guards = new GuardOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Keep the plan in a file for 'skyferry apply', and do nothing.")
    private @Nullable Path planOut;

    /// Options as picocli fills them.
    public RunArguments() {}

    /// What is asked for.
    ///
    /// @throws UsageException if it cannot be
    public OneWayTask task(Mode mode) {
        var options = new RunOptions(
                compare.comparison(),
                guards.guards(),
                transfer.transfers(pace.transfers()),
                transfer.keeping(),
                transfer.emptyDirectories());
        return new OneWayTask(
                mode,
                Place.parse(source).spec(links.settings()),
                Place.parse(target).spec(links.settings()),
                filters.selection(),
                options,
                backup(),
                references(),
                pace.patience());
    }

    private Optional<OneWayTask.Backup> backup() {
        boolean wanted = transfer.backupDir().isPresent() || !transfer.suffix().isEmpty();
        return wanted
                ? Optional.of(new OneWayTask.Backup(
                        transfer.backupDir().map(place -> Place.parse(place).spec(links.settings())),
                        transfer.suffix()))
                : Optional.empty();
    }

    private List<OneWayTask.Reference> references() {
        List<OneWayTask.Reference> references = new ArrayList<>();
        transfer.compareDest()
                .forEach(place -> references.add(
                        new OneWayTask.Reference(Place.parse(place).spec(links.settings()), false)));
        transfer.copyDest()
                .forEach(place -> references.add(
                        new OneWayTask.Reference(Place.parse(place).spec(links.settings()), true)));
        return references;
    }

    /// What the run wants of the layers over its storages.
    public StackWishes stack() {
        return pace.stack();
    }

    /// Whether nothing is to be done.
    public boolean isPlan() {
        return dryRun || planOut != null;
    }

    /// Where the plan is kept.
    public Optional<Path> planOut() {
        return Optional.ofNullable(planOut);
    }

    /// How much is told.
    public GeneralOptions general() {
        return general;
    }

    /// How the run is shown.
    public ShowOptions show() {
        return show;
    }

    /// The places as typed, for the log.
    public String places() {
        return "'%s' to '%s'".formatted(source, target);
    }
}
