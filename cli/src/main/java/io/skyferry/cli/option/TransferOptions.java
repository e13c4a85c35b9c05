package io.skyferry.cli.option;

import io.skyferry.engine.options.RunOptions.Keeping;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.limits.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How bytes go over, and what is kept of what they replace.
public final class TransferOptions {
    @Option(names = "--transfers", paramLabel = "N", description = "Files transferred at a time: ${DEFAULT-VALUE}.")
    private int transfers = Transfers.DEFAULTS.lanes();

    @Option(names = "--checkers", paramLabel = "N", description = "Files compared by content at a time: ${DEFAULT-VALUE}.")
    private int checkers = Transfers.DEFAULTS.checkers();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Attempts for an item, the first one counted: ${DEFAULT-VALUE}.")
    private int retries = Transfers.DEFAULTS.attempts();

    @Option(names = "--max-transfer", paramLabel = "SIZE", description = "Begin no transfer after so many bytes.")
    private @Nullable ByteSize maxTransfer;

    @Option(names = "--max-duration", paramLabel = "DURATION", description = "Begin no transfer after so long.")
    private @Nullable Duration maxDuration;

    @Option(
            names = "--order-by",
            paramLabel = "ORDER",
            description = "Begin transfers by size, name or modtime; add ,desc for the largest, last or newest first.")
    private Order order = Order.AS_FOUND;

    @Option(names = "--fsync", description = "Have every file on the medium before it counts as done.")
    private boolean fsync;

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

    @Option(
            names = "--delete-excluded",
            description = "Delete files at the target that the filters leave out.")
    private boolean deleteExcluded;

    @Option(
            names = "--backup-dir",
            paramLabel = "PLACE",
            description = "Move there what would be replaced or deleted at the target.")
    private @Nullable String backupDir;

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "Put this behind the name of what is kept; without --backup-dir it stays beside the new file.")
    private String suffix = "";

    @Option(
            names = "--compare-dest",
            paramLabel = "PLACE",
            description = "Do not transfer files that are there already. May be given more than once.")
    private List<String> compareDest = List.of();

    @Option(
            names = "--copy-dest",
            paramLabel = "PLACE",
            description = "Copy files from there at the target instead of transferring them. May be given more than "
                    + "once.")
    private List<String> copyDest = List.of();

    /// Options as picocli fills them.
    public TransferOptions() {}

    /// How bytes go over.
    ///
    /// @throws UsageException naming the number that is too small
    public Transfers transfers() {
        return new Transfers(
                atLeastOne("--transfers", transfers),
                atLeastOne("--checkers", checkers),
                atLeastOne("--retries", retries),
                maxTransfer == null ? OptionalLong.empty() : OptionalLong.of(maxTransfer.bytes()),
                Optional.ofNullable(maxDuration).filter(duration -> !duration.isZero()),
                order,
                fsync,
                trackRenames);
    }

    private static int atLeastOne(String option, int number) {
        if (number < 1) {
            throw new UsageException("Want 1 or more for %s but have %s".formatted(option, number));
        }
        return number;
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
    public Optional<String> backupDir() {
        return Optional.ofNullable(backupDir);
    }

    /// What is put behind the names of those.
    public String suffix() {
        return suffix;
    }

    /// Places whose files need not be transferred.
    public List<String> compareDest() {
        return compareDest;
    }

    /// Places whose files are copied at the target.
    public List<String> copyDest() {
        return copyDest;
    }
}
