package io.skyferry.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// What is made of symbolic links and mount points.
public final class LinkOptions {
    @Option(
            names = {"-L", "--copy-links"},
            description = "Follow symbolic links and take what they point to.")
    private boolean follow;

    @Option(
            names = {"-l", "--links"},
            description =
                    "Keep symbolic links, at the target as small files NAME.rclonelink or as links. Without -L and -l they are told and left out.")
    private boolean keep;

    @Option(
            names = {"-x", "--one-file-system"},
            description = "Do not enter what is mounted below a folder.")
    private boolean oneFileSystem;

    /// Options as picocli fills them.
    public LinkOptions() {}

    /// Settings for the storages of local folders; those that were not asked for are left out, so that what a
    /// credential
    /// says of them holds.
    ///
    /// @throws UsageException if both are wanted
    public Map<String, String> settings() {
        if (follow && keep) {
            throw new UsageException("Want one of --copy-links and --links but have both");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        if (follow || keep) {
            settings.put("links", follow ? "follow" : "text");
        }
        if (oneFileSystem) {
            settings.put("one-file-system", "on");
        }
        return settings;
    }
}
