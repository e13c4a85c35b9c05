package io.skyferry.cli.option;

import io.skyferry.control.run.Walk;
import io.skyferry.filter.NoDeeper;
import io.skyferry.filter.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How deep to look into places.
public final class DepthOptions {
    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "Look no deeper than this; 1 is the place itself. What lies deeper counts as left out.")
    private @Nullable Integer maxDepth;

    /// Options as picocli fills them.
    public DepthOptions() {}

    /// How deep to look; -1 stands for no limit, as it does for rclone.
    ///
    /// @throws UsageException if the number is too small
    public int depth() {
        if (maxDepth == null || maxDepth == -1) {
            return Walk.ALL;
        }
        if (maxDepth < 1) {
            throw new UsageException("Want 1 or more for --max-depth but have %s".formatted(maxDepth));
        }
        return maxDepth;
    }

    /// A selection without what lies deeper.
    public Selection limit(Selection selection) {
        int depth = depth();
        return depth == Walk.ALL ? selection : new NoDeeper(selection, depth);
    }
}
