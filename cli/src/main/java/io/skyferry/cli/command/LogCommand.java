package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry log`: read the logs of runs.
@Command(
        name = "log",
        abbreviateSynopsis = true,
        description = "Read the logs of runs.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry log show 17"})
public final class LogCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public LogCommand() {}

    /// Adds what is below it.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("list", new LogListCommand(context));
        command.addSubcommand("show", new LogShowCommand(context));
        command.addSubcommand("download", new LogDownloadCommand(context));
    }
}
