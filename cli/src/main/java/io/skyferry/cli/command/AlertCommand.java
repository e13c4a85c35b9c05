package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry alert`: what somebody should look at, and who is told.
@Command(
        name = "alert",
        abbreviateSynopsis = true,
        description = "Show what somebody should look at, and have it go to people.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry alert list", "  skyferry alert dismiss 7", "  skyferry alert channel"})
public final class AlertCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public AlertCommand() {}

    /// Adds what can be done with alerts.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("list", new AlertListCommand(context));
        command.addSubcommand("dismiss", new AlertDismissCommand(context));
        command.addSubcommand("test", new AlertTestCommand(context));
        command.addSubcommand("channel", new AlertChannelCommand(context));
    }
}
