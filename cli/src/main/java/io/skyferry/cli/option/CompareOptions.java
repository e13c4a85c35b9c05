package io.skyferry.cli.option;

import io.skyferry.engine.options.RunOptions.By;
import io.skyferry.engine.options.RunOptions.Comparison;
import io.skyferry.engine.options.RunOptions.Unlike;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How files of both sides are compared.
public final class CompareOptions {
    @Option(
            names = {"-c", "--checksum"},
            description = "Compare size and content, not times; what no side keeps a checksum of is read.")
    private boolean checksum;

    @Option(names = "--size-only", description = "Compare sizes alone.")
    private boolean sizeOnly;

    @Option(
            names = {"-u", "--update"},
            description = "Leave files alone that are newer at the target.")
    private boolean update;

    @Option(names = "--ignore-existing", description = "Leave files alone that the target has, whatever they hold.")
    private boolean ignoreExisting;

    @Option(names = "--ignore-size", description = "Do not compare sizes.")
    private boolean ignoreSize;

    @Option(
            names = {"-I", "--ignore-times"},
            description = "Transfer everything again.")
    private boolean ignoreTimes;

    @Option(
            names = "--modify-window",
            paramLabel = "DURATION",
            description = "Take times for equal that are closer than this; the coarser precision of both sides counts "
                    + "in any case.")
    private @Nullable Duration modifyWindow;

    @Option(
            names = "--immutable",
            description = "Leave files of the target as they are; those that differ count as failures.")
    private boolean immutable;

    @Option(
            names = "--no-update-modtime",
            description = "Leave the time of files at the target whose content is the same.")
    private boolean noUpdateModtime;

    /// Options as picocli fills them.
    public CompareOptions() {}

    /// The comparison that is wanted.
    ///
    /// @throws UsageException if two options contradict each other
    public Comparison comparison() {
        if (checksum && sizeOnly) {
            throw new UsageException("Want one of --checksum and --size-only but have both");
        }
        if (sizeOnly && ignoreSize) {
            throw new UsageException("Want one of --size-only and --ignore-size but have both");
        }
        if (immutable && noUpdateModtime) {
            throw new UsageException("Want one of --immutable and --no-update-modtime but have both");
        }
        By by = sizeOnly ? By.SIZE : checksum ? By.CONTENT : By.SIZE_AND_TIME;
        return new Comparison(
                by,
                ignoreExisting,
                update,
                ignoreSize,
                ignoreTimes,
                modifyWindow == null ? Comparison.DEFAULTS.window() : modifyWindow,
                immutable ? Unlike.IMMUTABLE : noUpdateModtime ? Unlike.KEEPS_TIME : Unlike.MADE_LIKE);
    }
}
