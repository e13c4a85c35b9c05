package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.Json;
import io.skyferry.control.user.User;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry user list`: all users.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List the users of the service.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry user list", "  skyferry user list --json"})
public final class UserListCommand implements Action {
    private final Context context;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public UserListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        for (User user : context.services().users().list()) {
            String role = user.role().name().toLowerCase(Locale.ROOT);
            out.line(
                    json
                            ? new Json()
                                    .put("name", user.name())
                                    .put("role", role)
                                    .put("has_password", user.hasPassword())
                                    .put("created", user.created().toString())
                                    .toString()
                            : "%s  %s%s".formatted(user.name(), role, user.hasPassword() ? "" : ", API keys alone"));
        }
        return ExitCodes.SUCCESS;
    }
}
