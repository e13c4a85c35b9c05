package io.skyferry.cli.option;

import io.skyferry.cli.log.LogLevel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command takes: help, and how much is told where.
public final class GeneralOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Tell what is done to each file; -vv tells each decision and its reason.")
    private boolean[] verbose = {};

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell failures alone.")
    private boolean quiet;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "DEBUG, INFO, NOTICE or ERROR; NOTICE unless said otherwise.")
    private @Nullable LogLevel level;

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            description =
                    "Write the log there instead of standard error: behind what the file holds, or, for a folder, "
                            + "to a new file for each run.")
    private @Nullable Path file;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// Options as picocli fills them.
    public GeneralOptions() {}

    /// The lowest level that is told.
    public LogLevel threshold() {
        if (level != null) {
            return level;
        }
        if (quiet) {
            return LogLevel.ERROR;
        }
        return switch (verbose.length) {
            case 0 -> LogLevel.NOTICE;
            case 1 -> LogLevel.INFO;
            default -> LogLevel.DEBUG;
        };
    }

    /// Whether nothing but failures is to be told.
    public boolean isQuiet() {
        return quiet;
    }

    /// Where the log goes; empty: standard error.
    public Optional<Path> logFile() {
        return Optional.ofNullable(file);
    }
}
