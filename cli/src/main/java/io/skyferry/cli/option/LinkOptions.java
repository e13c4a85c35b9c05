package io.skyferry.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is said of places by their kind: of folders, what is made of symbolic links and mount points; of buckets, how
/// they are opened.
public final class LinkOptions {
    @Option(
            names = {"-L", "--copy-links"},
            description = "Follow symbolic links and take what they point to.")
    private boolean follow;

    @Option(
            names = {"-l", "--links"},
            description =
                    "Keep symbolic links, at the target as small files NAME.rclonelink or as links. Without -L and -l they are left out; listings tell them with -v.")
    private boolean keep;

    @Option(
            names = {"-x", "--one-file-system"},
            description = "Do not enter what is mounted below a folder.")
    private boolean oneFileSystem;

    @Mixin
    private final BucketOptions buckets = new BucketOptions();

    /// Options as picocli fills them.
    public LinkOptions() {}

    /// Settings for all kinds of storages; [Place#spec] takes those of its own. What was not asked for is left
    /// out, so that what a credential says of it holds.
    ///
    /// @throws UsageException if both are wanted
    public Map<String, String> settings() {
        if (follow && keep) {
            throw new UsageException("Want one of --copy-links and --links but have both");
        }
        Map<String, String> settings = new LinkedHashMap<>(buckets.settings());
        if (follow || keep) {
            settings.put("links", follow ? "follow" : "text");
        }
        if (oneFileSystem) {
            settings.put("one-file-system", "on");
        }
        return settings;
    }

    /// Whether a secret was typed, so that what was typed must not be kept.
    public boolean holdSecrets() {
        return buckets.holdSecrets();
    }
}
