package io.skyferry.cli.option;

import io.skyferry.control.run.OneWayTask.Emptied;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions.Keeping;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.engine.run.OneWayRun.SuffixPlace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What goes over, and what is kept of what it replaces.
public final class TransferOptions {
    @Option(
            names = "--track-renames",
            description = "Find renamed files by size and content even where nothing is remembered of them.")
    private boolean trackRenames;

    @Option(names = "--create-empty-src-dirs", description = "Make directories too that hold nothing.")
    private boolean emptyDirectories;

    @Option(
            names = "--no-traverse",
            description = "Do not list the target: look each source file up there. For few files in a large target.")
    private boolean noTraverse;

    @Option(names = "--delete-excluded", description = "Delete files at the target that the filters leave out.")
    private boolean deleteExcluded;

    @Option(
            names = "--backup-dir",
            paramLabel = "PLACE",
            description = "Move there what would be replaced or deleted at the target.")
    private @Nullable Place backupDir;

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description =
                    "Put this behind the name of what is kept; without --backup-dir it stays beside the new file.")
    private String suffix = "";

    @Option(
            names = "--suffix-keep-extension",
            description = "Put the suffix before the extension: a.old.txt instead of a.txt.old.")
    private boolean suffixKeepExtension;

    @SuppressWarnings("UnusedVariable") // it says what happens anyway
    @Option(names = "--delete-after", description = "Delete behind all transfers. That is what always happens.")
    private boolean deleteAfter;

    @Option(names = "--delete-during", description = "Refused: deletes run behind all transfers, when all is known.")
    private boolean deleteDuring;

    @Option(names = "--delete-before", description = "Refused, like --delete-during.")
    private boolean deleteBefore;

    @Option(
            names = "--delete-empty-src-dirs",
            description = "When moving: remove folders of the source that hold nothing any more.")
    private boolean deleteEmptySourceDirectories;

    @Option(
            names = "--compare-dest",
            paramLabel = "PLACE",
            description = "Do not transfer files that are there already. May be given more than once.")
    private List<Place> compareDest = List.of();

    @Option(
            names = "--copy-dest",
            paramLabel = "PLACE",
            description = "Copy files from there at the target instead of transferring them. May be given more than "
                    + "once.")
    private List<Place> copyDest = List.of();

    /// Options as picocli fills them.
    public TransferOptions() {}

    /// Refuses what would lose data that guards protect.
    ///
    /// @throws UsageException naming the option, and why
    public void refuseEarlyDeletes() {
        if (deleteBefore || deleteDuring) {
            throw new UsageException(
                    ("Want --delete-after, as nothing is deleted before all transfers have succeeded," + " but have %s")
                            .formatted(deleteBefore ? "--delete-before" : "--delete-during"));
        }
    }

    /// What becomes of source directories that hold nothing after a move.
    ///
    /// @throws UsageException in another mode
    public Emptied emptied(Mode mode) {
        if (deleteEmptySourceDirectories && mode != Mode.MOVE) {
            throw new UsageException("Want --delete-empty-src-dirs with move alone but have it with %s"
                    .formatted(mode.name().toLowerCase(Locale.ROOT)));
        }
        return deleteEmptySourceDirectories ? Emptied.GO : Emptied.STAY;
    }

    /// How bytes go over.
    ///
    /// @param pace how many at a time, and how long
    public Transfers transfers(Transfers pace) {
        return new Transfers(
                pace.lanes(),
                pace.checkers(),
                pace.attempts(),
                pace.maxBytes(),
                pace.maxDuration(),
                pace.order(),
                pace.flushEach(),
                trackRenames,
                pace.partsFrom(),
                pace.cutoff());
    }

    /// What happens to files at the target that the source does not know.
    public Keeping keeping() {
        return new Keeping(deleteExcluded, !noTraverse);
    }

    /// Whether directories that hold nothing are made at the target.
    public boolean emptyDirectories() {
        return emptyDirectories;
    }

    /// Where replaced and deleted files go.
    public Optional<Place> backupDir() {
        return Optional.ofNullable(backupDir);
    }

    /// What is put to the names of those.
    public String suffix() {
        return suffix;
    }

    /// Where in their names it stands.
    public SuffixPlace suffixPlace() {
        return suffixKeepExtension ? SuffixPlace.BEFORE_EXTENSION : SuffixPlace.BEHIND_NAME;
    }

    /// Places whose files need not be transferred.
    public List<Place> compareDest() {
        return compareDest;
    }

    /// Places whose files are copied at the target.
    public List<Place> copyDest() {
        return copyDest;
    }
}
