package io.skyferry.cli.option;

import io.skyferry.control.run.Walk;
import io.skyferry.storage.Entry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which entries a listing shows, and how deep it looks.
public final class KindOptions {
    @Option(
            names = {"-R", "--recursive"},
            description = "Look into folders too.")
    private boolean recursive;

    @Option(names = "--max-depth", paramLabel = "N", description = "Look no deeper than this; 1 is the place itself.")
    private @Nullable Integer maxDepth;

    @Option(names = "--files-only", description = "Show files alone.")
    private boolean filesOnly;

    @Option(names = "--dirs-only", description = "Show folders alone.")
    private boolean directoriesOnly;

    /// Options as picocli fills them.
    public KindOptions() {}

    /// How deep to look.
    ///
    /// @throws UsageException if two options contradict each other
    public int depth() {
        if (filesOnly && directoriesOnly) {
            throw new UsageException("Want one of --files-only and --dirs-only but have both");
        }
        if (maxDepth != null) {
            if (maxDepth < 1) {
                throw new UsageException("Want 1 or more for --max-depth but have %s".formatted(maxDepth));
            }
            return maxDepth;
        }
        return recursive ? Walk.ALL : 1;
    }

    /// Whether an entry is of a kind that is shown.
    public boolean shows(Entry entry) {
        return switch (entry) {
            case Entry.File _ -> !directoriesOnly;
            case Entry.Directory _ -> !filesOnly;
            case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ -> false;
        };
    }
}
