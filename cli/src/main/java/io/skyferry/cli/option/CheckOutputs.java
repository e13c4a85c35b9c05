package io.skyferry.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Files that lists of paths go to, `-` for standard output.
public final class CheckOutputs {
    @Option(
            names = "--combined",
            paramLabel = "FILE",
            description =
                    "All paths, each behind = same, * differs, + only at the source, - only at the target, ! error.")
    private @Nullable String combined;

    @Option(names = "--missing-on-src", paramLabel = "FILE", description = "Paths that only the target has.")
    private @Nullable String missingOnSource;

    @Option(names = "--missing-on-dst", paramLabel = "FILE", description = "Paths that only the source has.")
    private @Nullable String missingOnTarget;

    @Option(names = "--match", paramLabel = "FILE", description = "Paths that are the same.")
    private @Nullable String match;

    @Option(names = "--differ", paramLabel = "FILE", description = "Paths that both have and that differ.")
    private @Nullable String differ;

    @Option(names = "--error", paramLabel = "FILE", description = "Paths that could not be compared.")
    private @Nullable String error;

    /// Options as picocli fills them.
    public CheckOutputs() {}

    /// Where all paths go.
    public Optional<String> combined() {
        return Optional.ofNullable(combined);
    }

    /// Where paths go that only the target has.
    public Optional<String> missingOnSource() {
        return Optional.ofNullable(missingOnSource);
    }

    /// Where paths go that only the source has.
    public Optional<String> missingOnTarget() {
        return Optional.ofNullable(missingOnTarget);
    }

    /// Where paths go that are the same.
    public Optional<String> match() {
        return Optional.ofNullable(match);
    }

    /// Where paths go that differ.
    public Optional<String> differ() {
        return Optional.ofNullable(differ);
    }

    /// Where paths go that could not be compared.
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }
}
