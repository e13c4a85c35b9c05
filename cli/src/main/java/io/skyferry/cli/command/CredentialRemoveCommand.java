package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.credential.CredentialName;
import io.skyferry.control.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential remove`: forgets a credential that nothing uses.
@Command(
        name = "remove",
        abbreviateSynopsis = true,
        description = {
            "Forget a credential and its secrets. Nothing is asked of the account, and nothing there is touched.",
            "Refused while something that is saved uses it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry credential remove work"})
public final class CredentialRemoveCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialRemoveCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "A saved credential.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        String plain = CredentialName.withoutColon(name);
        context.services().credentials().remove(plain);
        TaskText.audit(context, "credential.delete", "credential " + plain, "");
        context.console()
                .out()
                .line(json ? new Json().put("removed", plain).toString() : "Removed '%s'.".formatted(plain));
        return ExitCodes.SUCCESS;
    }
}
