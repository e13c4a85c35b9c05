package io.skyferry.control.task;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.OneWayTask;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Keeping;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.filter.Filter;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.StorageSpec;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// What a task means to the engine.
///
/// @param fields of the task
/// @param credential the name of its credential
/// @param secrets of the task, in the open
public record TaskWork(TaskFields fields, String credential, Map<String, String> secrets) {
    private static final String BUCKET = "bucket";
    private static final String FOLDER = "folder";
    private static final List<String> OURS = List.of(BUCKET, FOLDER, "fast_list");

    /// Leaves the secrets out.
    @Override
    public String toString() {
        return "TaskWork[%s, %s]".formatted(fields.description(), credential);
    }

    /// What the engine does for the task.
    ///
    /// @param local the folder to work on: that of the task, or where a snapshot shows it
    /// @param backup where to keep what is replaced; empty: nowhere
    /// @param now from which ages count back
    public OneWayTask task(String local, Optional<String> backup, Guarding guarding, ZonedDateTime now) {
        boolean push = fields.direction() == Direction.PUSH;
        StorageSpec here = local(local);
        StorageSpec there = remote();
        return new OneWayTask(
                fields.transferMode(),
                push ? here : there,
                push ? there : here,
                selection(now),
                options(guarding),
                backup.map(folder -> new OneWayTask.Backup(Optional.of(push ? remote(folder) : local(folder)), "")),
                List.of(),
                Duration.ofDays(3650));
    }

    /// Whether the guards of the task hold.
    public enum Guarding {
        /// They do.
        ON,
        /// Somebody has seen the plan and approved of it.
        LIFTED
    }

    /// The folder of this machine.
    public StorageSpec local(String path) {
        return new StorageSpec(
                "local",
                Map.of(Places.ROOT_SETTING, path, "links", fields.carrying().followSymlinks() ? "follow" : "skip"));
    }

    /// The place at the account.
    public StorageSpec remote() {
        return remote(fields.attributes().getOrDefault(FOLDER, ""));
    }

    /// Another folder of the same bucket, or of the same account; encrypted as the task's own one.
    public StorageSpec remote(String folder) {
        Map<String, String> settings = new HashMap<>();
        fields.attributes().forEach((name, value) -> {
            if (!OURS.contains(name)) {
                settings.put(name.replace('_', '-'), value);
            }
        });
        settings.put(Places.ROOT_SETTING, path(folder));
        var plain = new StorageSpec(credential, settings);
        return fields.encrypting().enabled() ? plain.under(List.of(crypt())) : plain;
    }

    /// Where a provider's storage begins: the bucket and the folder in it, or the folder alone.
    private String path(String folder) {
        String cut = folder.replaceAll("/+$", "");
        String bucket = fields.attributes().getOrDefault(BUCKET, "");
        if (bucket.isEmpty()) {
            return cut.isEmpty() && folder.startsWith("/") ? "/" : cut;
        }
        String below = cut.startsWith("/") ? cut.substring(1) : cut;
        return below.isEmpty() ? bucket : bucket + "/" + below;
    }

    private LayerSpec crypt() {
        Encrypting encrypting = fields.encrypting();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Encryption.PASSWORD, secrets.getOrDefault(TaskJson.PASSWORD, ""));
        settings.put(Encryption.SALT, secrets.getOrDefault(TaskJson.SALT, ""));
        settings.put("names", encrypting.names() ? "standard" : "off");
        settings.put("directory-names", encrypting.directoryNames() ? "on" : "off");
        settings.put("encoding", encrypting.encoding());
        settings.put("suffix", encrypting.suffix());
        return new LayerSpec("crypt", settings);
    }

    /// Which files the task is about. Excludes come before includes; the folders in which file systems show
    /// their snapshots are no part of any task.
    ///
    /// Source: the filter file that TrueNAS writes, in its order.
    ///
    /// @throws IllegalArgumentException naming the pattern that cannot be read
    public Filter selection(ZonedDateTime now) {
        FilterFlags flags = ExtraOptions.parse(fields.carrying().args()).filters();
        var rules = new FilterFlags(List.of(), flags.ignoringCase());
        for (String fixed : List.of("- .zfs", "- .zfs/**", "- .skyferry-snapshot-*/**")) {
            rules = rules.with(FilterFlag.FILTER, fixed);
        }
        if (fields.path().matches("/mnt/[^/]+/?")) {
            for (String apps : List.of("ix-applications", "ix-apps")) {
                rules = rules.with(FilterFlag.FILTER, "- /" + apps).with(FilterFlag.FILTER, "- /" + apps + "/**");
            }
        }
        for (String pattern : fields.carrying().exclude()) {
            rules = rules.with(FilterFlag.FILTER, "- " + pattern);
        }
        for (FilterFlags.Given given : flags.flags()) {
            rules = rules.with(given.flag(), given.value());
        }
        for (String pattern : fields.carrying().include()) {
            rules = rules.with(FilterFlag.FILTER, "+ " + pattern);
        }
        if (!fields.carrying().include().isEmpty()) {
            rules = rules.with(FilterFlag.FILTER, "- *");
        }
        return rules.build(
                now,
                name -> {
                    throw new IllegalArgumentException("Want no file but have '%s'".formatted(name));
                },
                RandomGenerator.getDefault());
    }

    private RunOptions options(Guarding guarding) {
        ExtraOptions extra = ExtraOptions.parse(fields.carrying().args());
        Transfers usual = extra.transfers();
        return new RunOptions(
                extra.comparison(),
                guards(guarding),
                new Transfers(
                        fields.carrying().transfers().orElse(usual.lanes()),
                        usual.checkers(),
                        usual.attempts(),
                        usual.maxBytes(),
                        usual.maxDuration(),
                        usual.order(),
                        usual.flushEach(),
                        usual.findRenames()),
                new Keeping(extra.deleteExcluded(), true),
                fields.carrying().createEmptySrcDirs());
    }

    private Guards guards(Guarding guarding) {
        Safety safety = fields.safety();
        return switch (guarding) {
            case ON ->
                new Guards(
                        limit(safety.maxDelete()),
                        OptionalLong.empty(),
                        limit(safety.maxReplace()),
                        safety.allowEmptySource(),
                        false,
                        false);
            case LIFTED -> new Guards(limit("off"), OptionalLong.empty(), Optional.empty(), true, true, false);
        };
    }

    private static Optional<Limit> limit(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.equals("off")) {
            return Optional.of(new Limit.Count(Long.MAX_VALUE));
        }
        return Optional.of(
                text.endsWith("%")
                        ? new Limit.Share(Integer.parseInt(text.substring(0, text.length() - 1)), 1)
                        : new Limit.Count(Long.parseLong(text)));
    }

    /// What the task wants of the layers over its storages.
    public StackWishes wishes() {
        return new StackWishes(
                ExtraOptions.parse(fields.carrying().args()).transfers().attempts(),
                Bandwidths.schedule(fields.carrying().bwlimit()));
    }
}
