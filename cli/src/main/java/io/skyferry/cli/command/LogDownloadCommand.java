package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry log download`: copies the log of a run.
@Command(
        name = "download",
        abbreviateSynopsis = true,
        description = "Copy the log of a run to a file.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry log download 17 run17.log"})
public final class LogDownloadCommand implements Action {
    private final Context context;

    private long run;

    private Path file = Path.of("");

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public LogDownloadCommand(Context context) {
        this.context = context;
    }

    @Parameters(index = "0", paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Parameters(index = "1", paramLabel = "FILE", description = "Must not be there yet.")
    void file(Path given) {
        file = given;
    }

    @Override
    public int act() {
        Path log = context.services()
                .runs()
                .logFile(run)
                .orElseThrow(() -> new UsageException("The log of run %s is kept no longer".formatted(run)));
        try {
            Files.copy(log, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The log cannot be copied to '%s': %s".formatted(file, FileTrouble.of(failure)), failure);
        }
        return ExitCodes.SUCCESS;
    }
}
