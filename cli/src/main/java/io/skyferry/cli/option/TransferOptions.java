package io.skyferry.cli.option;

import io.skyferry.engine.options.RunOptions.Keeping;
import io.skyferry.engine.options.RunOptions.Transfers;
import java.util.List;
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
                trackRenames);
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

    /// What is put behind the names of those.
    public String suffix() {
        return suffix;
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
