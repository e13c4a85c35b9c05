package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry user`: who may log in to the service.
@Command(
        name = "user",
        abbreviateSynopsis = true,
        description = "Make and change the users of the service, and keys for their scripts.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry user add anna --role admin --password-file anna.txt",
            "  skyferry user api-key anna",
            "  skyferry user list"
        })
public final class UserCommand {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command that has others below it.
    public UserCommand() {}

    /// Adds what can be done with users.
    public static void addBelow(CommandLine command, Context context) {
        command.addSubcommand("add", new UserAddCommand(context));
        command.addSubcommand("list", new UserListCommand(context));
        command.addSubcommand("remove", new UserRemoveCommand(context));
        command.addSubcommand("password", new UserPasswordCommand(context));
        command.addSubcommand("api-key", new UserApiKeyCommand(context));
    }
}
