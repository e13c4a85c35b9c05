package io.skyferry.cli.log;

import io.skyferry.cli.Context;
import io.skyferry.cli.console.LineSink;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.GeneralOptions;
import io.skyferry.cli.option.UsageException;
import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The log of one command: standard error, or a file that is closed at the end.
public final class LogTarget implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Log log;
    private final @Nullable Output file;

    private LogTarget(Log log, @Nullable Output file) {
        this.log = log;
        this.file = file;
    }

    /// Opens the log that the options ask for, and sends what loggers say there.
    ///
    /// @param what the command does, for the name of a new file
    public static LogTarget open(GeneralOptions general, Context context, String what) {
        return open(general, context, what, context.console().err());
    }

    /// The same, with another place for lines than standard error.
    public static LogTarget open(GeneralOptions general, Context context, String what, LineSink sink) {
        var clock = context.services().clock();
        Output file = general.logFile()
                .map(path -> openFile(path, what, clock.instant()))
                .orElse(null);
        var log = new Log(file == null ? sink : atOnce(file), general.threshold(), clock);
        Logs.choose(log);
        return new LogTarget(log, file);
    }

    /// Whoever follows a log wants its lines when they are said, and a crash must not take them along.
    private static LineSink atOnce(Output file) {
        return line -> {
            file.line(line);
            file.flush();
        };
    }

    private static Output openFile(Path path, String what, Instant now) {
        Path file = Files.isDirectory(path) ? path.resolve("%s-%s.log".formatted(what, STAMP.format(now))) : path;
        try {
            return new Output(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    Output.Kind.PIPE);
        } catch (IOException failure) {
            var refused = new UsageException(
                    "Want a file for the log but '%s' cannot be opened: %s".formatted(file, FileTrouble.of(failure)));
            refused.initCause(failure);
            throw refused;
        }
    }

    /// Where lines go.
    public Log log() {
        return log;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
