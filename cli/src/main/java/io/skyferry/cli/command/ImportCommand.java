package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry import`: moves in from another product.
@Command(
        name = "import",
        abbreviateSynopsis = true,
        description = "Take over accounts and tasks of another product. All is kept in one step, or nothing.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry import truenas --dry-run tasks.json credentials.json",
            "  skyferry import rclone ~/.config/rclone/rclone.conf"
        })
public final class ImportCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public ImportCommand() {}

    /// Adds what can be imported.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("truenas", new ImportTrueNasCommand(context));
        command.addSubcommand("rclone", new ImportRcloneCommand(context));
    }
}
