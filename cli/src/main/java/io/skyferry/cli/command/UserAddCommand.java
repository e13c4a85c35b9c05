package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.PasswordFileOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.audit.Role;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry user add`: makes a user.
@Command(
        name = "add",
        abbreviateSynopsis = true,
        description = "Make a user of the service.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry user add anna --role admin --password-file anna.txt",
            "  skyferry user add backup --role operator --no-password    # API keys alone"
        })
public final class UserAddCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "admin, operator or reader.")
    private String role = "";

    @Option(names = "--no-password", description = "The user logs in by API keys alone.")
    private boolean noPassword;

    @Mixin
    private final PasswordFileOption password = new PasswordFileOption();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public UserAddCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "The user.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        String secret = noPassword ? "" : password.password(context, name);
        context.services().users().add(name, role(role), secret, TaskText.caller());
        context.console().out().line("The user '%s' may log in as %s.".formatted(name, role));
        return ExitCodes.SUCCESS;
    }

    private static Role role(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "admin" -> Role.ADMIN;
            case "operator" -> Role.OPERATOR;
            case "reader" -> Role.READER;
            default -> throw new UsageException("Want admin, operator or reader but have '%s'".formatted(text));
        };
    }
}
