package io.skyferry.cli.option;

import java.util.Map;
import picocli.CommandLine.Option;

/// What is made of symbolic links.
public final class LinkOptions {
    @Option(
            names = {"-L", "--copy-links"},
            description = "Follow symbolic links and take what they point to.")
    private boolean follow;

    @Option(
            names = {"-l", "--links"},
            description = "Keep symbolic links as links. Without -L and -l they are left out.")
    private boolean keep;

    /// Options as picocli fills them.
    public LinkOptions() {}

    /// Settings for the storages of local folders.
    ///
    /// @throws UsageException if both are wanted
    public Map<String, String> settings() {
        if (follow && keep) {
            throw new UsageException("Want one of --copy-links and --links but have both");
        }
        return follow ? Map.of("links", "follow") : keep ? Map.of("links", "keep") : Map.of();
    }
}
