package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry run`: look at runs of tasks, and answer what they ask.
@Command(
        name = "run",
        abbreviateSynopsis = true,
        description = "Look at runs of tasks, and answer what they ask.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run list", "  skyferry run show 17"})
public final class RunCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public RunCommand() {}

    /// Adds what is below it.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("list", new RunListCommand(context));
        command.addSubcommand("show", new RunShowCommand(context));
        command.addSubcommand("follow", new RunFollowCommand(context));
        command.addSubcommand("abort", new RunAbortCommand(context));
        command.addSubcommand("approve", new RunApproveCommand(context));
        command.addSubcommand("undo", new RunUndoCommand(context));
    }
}
