package io.skyferry.cli.option;

import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.filter.AllBut;
import io.skyferry.filter.Filter;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Everything that `copy`, `sync` and `move` take.
public final class RunArguments {
    private Place source = Place.HERE;

    private Place target = Place.HERE;

    @Mixin
    private final GeneralOptions general = new GeneralOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Mixin
    private final DepthOptions depth = new DepthOptions();

    @Mixin
    private final LinkOptions links = new LinkOptions();

    @Mixin
    private final EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    private final CompareOptions compare = new CompareOptions();

    @Mixin
    private final GuardOptions guards = new GuardOptions();

    @Mixin
    private final TransferOptions transfer = new TransferOptions();

    @Mixin
    private final PaceOptions pace = new PaceOptions();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Keep the plan in a file for 'skyferry apply', and do nothing.")
    private @Nullable Path planOut;

    @Option(
            names = "--error-on-no-transfer",
            description = "End with exit code 9 where all went well and no file had to go over.")
    private boolean errorOnNoTransfer;

    /// Options as picocli fills them.
    public RunArguments() {}

    @Parameters(index = "0", paramLabel = "SOURCE", description = "A folder or a file.")
    void source(Place named) {
        source = named;
    }

    @Parameters(index = "1", paramLabel = "TARGET", description = "A folder; it is made if it is not there.")
    void target(Place named) {
        target = named;
    }

    /// Two places without options.
    ///
    /// @throws UsageException if one cannot be understood
    public static RunArguments between(String source, String target) {
        var arguments = new RunArguments();
        arguments.source(Place.parse(source));
        arguments.target(Place.parse(target));
        return arguments;
    }

    /// Which files are meant.
    ///
    /// @param now from which ages count back
    public Filter selection(Supplier<ZonedDateTime> now) {
        return filters.selection(now);
    }

    /// What is asked for.
    ///
    /// @param selection as [#selection] gave it
    /// @throws UsageException if it cannot be
    public OneWayTask task(Mode mode, Filter selection) {
        encryption.expectUsed(places());
        transfer.refuseEarlyDeletes();
        if (planOut != null && links.holdSecrets()) {
            throw new UsageException("Want no secret in a plan: give it by the environment or a profile");
        }
        var options = new RunOptions(
                compare.comparison(),
                guards.guards(),
                transfer.transfers(pace.transfers()),
                transfer.keeping(),
                transfer.emptyDirectories());
        return new OneWayTask(
                mode,
                spec(source),
                spec(target),
                withoutPlan(depth.limit(selection)),
                options,
                backup(),
                references(),
                pace.patience(),
                transfer.emptied(mode));
    }

    /// Without the file in which the plan is kept: as a part of what it tells, it would have changed when the plan is
    /// applied.
    private Selection withoutPlan(Selection selection) {
        boolean isPlain =
                source.provider().equals(Place.LOCAL) && source.layers().isEmpty();
        return planOut == null || !isPlain
                ? selection
                : pathIn(source.root(), planOut)
                        .<Selection>map(path -> new AllBut(path, selection))
                        .orElse(selection);
    }

    /// Where a file lies below a folder, through links; empty if it does not, or the folder is not there.
    private static Optional<RelPath> pathIn(String folder, Path file) {
        try {
            Path parent = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
            Path below =
                    Path.of(folder).toRealPath().relativize(parent.toRealPath().resolve(file.getFileName()));
            String text = below.toString().replace(below.getFileSystem().getSeparator(), "/");
            return RelPath.faultOf(text).isEmpty() ? Optional.of(new RelPath(text)) : Optional.empty();
        } catch (IOException | InvalidPathException unreachable) {
            // A folder that cannot be named or reached so holds no plan: the run will say what is wrong with it.
            return Optional.empty();
        }
    }

    private StorageSpec spec(Place place) {
        return encryption.spec(place, links.settings());
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>(List.of(source, target));
        transfer.backupDir().ifPresent(places::add);
        places.addAll(transfer.compareDest());
        places.addAll(transfer.copyDest());
        return places;
    }

    private Optional<OneWayTask.Backup> backup() {
        boolean wanted = transfer.backupDir().isPresent() || !transfer.suffix().isEmpty();
        return wanted
                ? Optional.of(new OneWayTask.Backup(
                        transfer.backupDir().map(this::spec), transfer.suffix(), transfer.suffixPlace()))
                : Optional.empty();
    }

    private List<OneWayTask.Reference> references() {
        List<OneWayTask.Reference> references = new ArrayList<>();
        transfer.compareDest().forEach(place -> references.add(new OneWayTask.Reference(spec(place), false)));
        transfer.copyDest().forEach(place -> references.add(new OneWayTask.Reference(spec(place), true)));
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

    /// Whether a run that had nothing to do has an exit code of its own.
    public boolean tellsNoTransfer() {
        return errorOnNoTransfer;
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

    /// Source and target as typed, for the log.
    public String ways() {
        return "'" + source + "' to '" + target + "'";
    }
}
