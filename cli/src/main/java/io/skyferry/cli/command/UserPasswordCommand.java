package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.PasswordFileOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry user password`: gives a user another password.
@Command(
        name = "password",
        abbreviateSynopsis = true,
        description = "Give a user another password; all their sessions end.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry user password anna --password-file anna.txt"})
public final class UserPasswordCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    private final PasswordFileOption password = new PasswordFileOption();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public UserPasswordCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "The user.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        var _ = context.services().users().get(name);
        context.services().users().setPassword(name, password.password(context, name), TaskText.caller());
        return ExitCodes.SUCCESS;
    }
}
