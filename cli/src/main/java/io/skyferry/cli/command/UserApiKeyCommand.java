package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.Json;
import io.skyferry.control.user.ApiKeys;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry user api-key`: makes a key for scripts.
@Command(
        name = "api-key",
        abbreviateSynopsis = true,
        description = "Make an API key and print it: it is told this once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry user api-key anna",
            "  skyferry user api-key anna --label nightly",
            "  skyferry user api-key anna --remove 7"
        })
public final class UserApiKeyCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--label", paramLabel = "TEXT", description = "What the key is for; 'command line' unless said.")
    private String label = "command line";

    @Option(names = "--remove", paramLabel = "NUMBER", description = "Remove the key of this number instead.")
    private long remove;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public UserApiKeyCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "The user.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        if (remove > 0) {
            context.services().apiKeys().remove(remove, TaskText.caller());
            return ExitCodes.SUCCESS;
        }
        ApiKeys.Made made = context.services().apiKeys().make(name, label, Optional.empty(), TaskText.caller());
        context.console()
                .out()
                .line(
                        json
                                ? new Json()
                                        .put("id", made.key().id())
                                        .put("user", made.key().user())
                                        .put("label", made.key().name())
                                        .put("key", made.text())
                                        .toString()
                                : made.text());
        return ExitCodes.SUCCESS;
    }
}
