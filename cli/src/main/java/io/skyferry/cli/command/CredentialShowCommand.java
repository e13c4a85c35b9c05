package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.CredentialName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry credential show`: one credential, its secrets hidden.
@Command(
        name = "show",
        abbreviateSynopsis = true,
        description = {"Show the settings of a credential. Secrets are shown as ***."},
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry credential show work", "  skyferry credential show --json work"})
public final class CredentialShowCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialShowCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NAME", description = "A saved credential.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Credential credential = context.services().credentials().get(CredentialName.withoutColon(name));
        if (json) {
            context.console().out().line(CredentialText.json(credential).toString());
        } else {
            CredentialText.show(credential, context.console().out());
        }
        return ExitCodes.SUCCESS;
    }
}
