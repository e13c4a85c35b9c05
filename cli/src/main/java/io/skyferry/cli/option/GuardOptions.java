package io.skyferry.cli.option;

import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.limits.ByteSize;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What stops a run before it harms.
public final class GuardOptions {
    @Option(
            names = "--max-delete",
            paramLabel = "N|P%|off",
            description = "Hold back all deletes if more than so many files would go. Without it: half of 20 files or "
                    + "more, and 10%% of them while nothing is remembered of this pair.")
    private @Nullable Limit maxDelete;

    @Option(
            names = "--max-delete-size",
            paramLabel = "SIZE",
            description = "Hold back all deletes if more than so many bytes would go.")
    private @Nullable ByteSize maxDeleteSize;

    @Option(
            names = "--max-replace",
            paramLabel = "N|P%|off",
            description =
                    "Replace nothing, and delete nothing, if more than so many files would be replaced; new ones go over.")
    private @Nullable Limit maxReplace;

    @Option(
            names = "--allow-empty-source",
            description =
                    "Let a source without files empty the target. Without it that is taken for a disk that is not "
                            + "mounted.")
    private boolean allowEmptySource;

    @Option(
            names = "--accept-new-root",
            description = "Take a folder that lies on another file system than at the last run.")
    private boolean acceptNewRoot;

    @Option(
            names = "--ignore-errors",
            description = "Delete although transfers failed; never after a listing that is not complete.")
    private boolean ignoreErrors;

    /// Options as picocli fills them.
    public GuardOptions() {}

    /// Refuses limits that are shares of what a listing of the target finds, or that were for the plan to keep.
    ///
    /// @throws UsageException naming the option
    public void refuseWhatCountsTheTarget() {
        if (maxDelete instanceof Limit.Share) {
            throw new UsageException(
                    "Want a number of files for --max-delete: a plan has no share of the target's files");
        }
        if (maxReplace != null) {
            throw new UsageException("Want --max-replace where the plan is made: this one replaces what it says");
        }
    }

    /// The guards that are wanted.
    public Guards guards() {
        return new Guards(
                Optional.ofNullable(maxDelete),
                maxDeleteSize == null ? OptionalLong.empty() : OptionalLong.of(maxDeleteSize.bytes()),
                Optional.ofNullable(maxReplace),
                allowEmptySource,
                acceptNewRoot,
                ignoreErrors);
    }
}
