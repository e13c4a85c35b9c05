package io.skyferry.cli.option;

import io.skyferry.filter.Filter;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.limits.FileTrouble;
import io.skyferry.storage.RelPath;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which files a command is about. Names and meanings are rclone's.
public final class FilterOptions {
    @Option(names = "--include", paramLabel = "PATTERN", description = "Take the files that match, and no others.")
    private List<String> include = List.of();

    @Option(names = "--include-from", paramLabel = "FILE", description = "The same, one pattern a line.")
    private List<String> includeFrom = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "Leave out the files that match.")
    private List<String> exclude = List.of();

    @Option(names = "--exclude-from", paramLabel = "FILE", description = "The same, one pattern a line.")
    private List<String> excludeFrom = List.of();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "RULE",
            description = "'+ PATTERN' takes, '- PATTERN' leaves out, the first that matches counts; '!' forgets all "
                    + "before.")
    private List<String> filter = List.of();

    @Option(names = "--filter-from", paramLabel = "FILE", description = "The same, one rule a line.")
    private List<String> filterFrom = List.of();

    @Option(names = "--files-from", paramLabel = "FILE", description = "Take these paths alone, one a line.")
    private List<String> filesFrom = List.of();

    @Option(
            names = "--files-from-raw",
            paramLabel = "FILE",
            description = "The same; every character of a line counts.")
    private List<String> filesFromRaw = List.of();

    @Option(names = "--files-from0", paramLabel = "FILE", description = "The same, with a NUL behind each path.")
    private List<String> filesFrom0 = List.of();

    @Option(
            names = "--exclude-if-present",
            paramLabel = "NAME",
            description = "Leave out folders that hold a file of this name.")
    private List<String> excludeIfPresent = List.of();

    @Option(
            names = "--min-size",
            paramLabel = "SIZE",
            description = "Leave out smaller files: 512 is KiB, 100B, 10M, 1G.")
    private @Nullable String minSize;

    @Option(names = "--max-size", paramLabel = "SIZE", description = "Leave out larger files.")
    private @Nullable String maxSize;

    @Option(
            names = "--min-age",
            paramLabel = "AGE",
            description = "Leave out newer files: 90 is seconds, 1h30m, 7d, 2026-11-21.")
    private @Nullable String minAge;

    @Option(names = "--max-age", paramLabel = "AGE", description = "Leave out older files.")
    private @Nullable String maxAge;

    @Option(
            names = "--hash-filter",
            paramLabel = "K/N",
            description = "Take the Kth of N parts, which files fall into by their names; @/N takes one at random.")
    private @Nullable String hashFilter;

    @Option(names = "--ignore-case", description = "Take A and a for one letter in patterns.")
    private boolean ignoreCase;

    private static final ZonedDateTime NO_TIME = Instant.EPOCH.atZone(ZoneOffset.UTC);

    /// Options as picocli fills them.
    public FilterOptions() {}

    /// The selection that is wanted.
    ///
    /// @param now from which ages count back; its zone is the one in which dates are meant. Asked for only where
    ///     an age is given: to know the zone, the rules of all zones have to be read
    /// @throws UsageException naming the flag, the place and the reason of what cannot be read
    public Filter selection(Supplier<ZonedDateTime> now) {
        try {
            boolean hasAge = minAge != null || maxAge != null;
            return flags().build(hasAge ? now.get() : NO_TIME, FilterOptions::text, new SplittableRandom());
        } catch (IllegalArgumentException unreadable) {
            throw usage(String.valueOf(unreadable.getMessage()), unreadable);
        } catch (UncheckedIOException missing) {
            throw usage(String.valueOf(missing.getMessage()), missing);
        }
    }

    private static UsageException usage(String message, RuntimeException cause) {
        var refused = new UsageException(message);
        refused.initCause(cause);
        return refused;
    }

    private FilterFlags flags() {
        FilterFlags flags = ignoreCase ? FilterFlags.NONE.withCaseIgnored() : FilterFlags.NONE;
        flags = with(flags, FilterFlag.INCLUDE, include);
        flags = with(flags, FilterFlag.INCLUDE_FROM, includeFrom);
        flags = with(flags, FilterFlag.EXCLUDE, exclude);
        flags = with(flags, FilterFlag.EXCLUDE_FROM, excludeFrom);
        flags = with(flags, FilterFlag.FILTER, filter);
        flags = with(flags, FilterFlag.FILTER_FROM, filterFrom);
        flags = with(flags, FilterFlag.FILES_FROM, filesFrom);
        flags = with(flags, FilterFlag.FILES_FROM_RAW, filesFromRaw);
        flags = with(flags, FilterFlag.FILES_FROM0, filesFrom0);
        flags = with(flags, FilterFlag.EXCLUDE_IF_PRESENT, excludeIfPresent);
        flags = with(flags, FilterFlag.MIN_SIZE, minSize);
        flags = with(flags, FilterFlag.MAX_SIZE, maxSize);
        flags = with(flags, FilterFlag.MIN_AGE, minAge);
        flags = with(flags, FilterFlag.MAX_AGE, maxAge);
        return with(flags, FilterFlag.HASH_FILTER, hashFilter);
    }

    private static FilterFlags with(FilterFlags flags, FilterFlag flag, @Nullable String value) {
        return with(flags, flag, Optional.ofNullable(value).stream().toList());
    }

    private static FilterFlags with(FilterFlags flags, FilterFlag flag, List<String> values) {
        FilterFlags more = flags;
        for (String value : values) {
            more = more.with(flag, value);
        }
        return more;
    }

    /// The content of a file that a flag names; `-` is standard input.
    private static String text(String name) {
        try {
            byte[] bytes = name.equals("-") ? standardInput() : Files.readAllBytes(Path.of(name));
            return RelPath.textOf(bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Want a file of rules or paths but '%s' cannot be read: %s"
                            .formatted(name, FileTrouble.of(failure)),
                    failure);
        }
    }

    private static byte[] standardInput() throws IOException {
        try (var input = new FileInputStream(FileDescriptor.in)) {
            return input.readAllBytes();
        }
    }
}
