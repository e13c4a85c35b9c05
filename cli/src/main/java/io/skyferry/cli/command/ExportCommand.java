package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry export`: writes what another product reads.
@Command(
        name = "export",
        abbreviateSynopsis = true,
        description = "Write accounts and encryption so that another product can use them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = "  skyferry export rclone --output rclone.conf")
public final class ExportCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public ExportCommand() {}

    /// Adds what can be exported.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("rclone", new ExportRcloneCommand(context));
    }
}
