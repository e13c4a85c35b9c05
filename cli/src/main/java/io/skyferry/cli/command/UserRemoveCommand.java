package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry user remove`: removes a user.
@Command(
        name = "remove",
        abbreviateSynopsis = true,
        description = "Remove a user with all sessions and API keys.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry user remove anna"})
public final class UserRemoveCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public UserRemoveCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "The user.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        context.services().users().remove(name, TaskText.caller());
        return ExitCodes.SUCCESS;
    }
}
