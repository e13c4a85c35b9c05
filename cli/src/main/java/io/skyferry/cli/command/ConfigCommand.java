package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry config`: settings of the whole product.
@Command(
        name = "config",
        abbreviateSynopsis = true,
        description = "Settings of the whole product.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config set allowed-folders /srv /mnt/tank", "  skyferry config list"})
public final class ConfigCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public ConfigCommand() {}

    /// Adds what is below it.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("list", new ConfigListCommand(context));
        command.addSubcommand("get", new ConfigGetCommand(context));
        command.addSubcommand("export", new ConfigExportCommand(context));
        command.addSubcommand("import", new ConfigImportCommand(context));
        command.addSubcommand("rotate-key", new ConfigRotateKeyCommand(context));
        command.addSubcommand("set", new ConfigSetCommand(context));
    }
}
