package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry credential`: saved accounts, used by their name as a place.
@Command(
        name = "credential",
        abbreviateSynopsis = true,
        description = {
            "Save the settings of an account under a name, and use the name as a place: NAME:PATH.",
            "Secrets are sealed under a key file and never shown again."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry credential add nas --provider local --set path=/mnt/nas",
            "  skyferry credential verify nas",
            "  skyferry sync ~/Documents nas:documents",
            "  skyferry credential list"
        })
public final class CredentialCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public CredentialCommand() {}

    /// Adds what can be done with credentials.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("add", new CredentialAddCommand(context));
        command.addSubcommand("list", new CredentialListCommand(context));
        command.addSubcommand("show", new CredentialShowCommand(context));
        command.addSubcommand("verify", new CredentialVerifyCommand(context));
        command.addSubcommand("buckets", new CredentialBucketsCommand(context));
        command.addSubcommand("edit", new CredentialEditCommand(context));
        command.addSubcommand("remove", new CredentialRemoveCommand(context));
        command.addSubcommand("import", new CredentialImportCommand(context));
        command.addSubcommand("providers", new CredentialProvidersCommand(context));
    }
}
