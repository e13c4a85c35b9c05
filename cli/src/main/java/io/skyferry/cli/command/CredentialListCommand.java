package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.credential.Credential;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry credential list`: all credentials.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = {"List the saved credentials."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry credential list",
            "  skyferry credential list --json    # an object a line, secrets hidden"
        })
public final class CredentialListCommand implements Action {
    private final Context context;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public CredentialListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        List<Credential> all = context.services().credentials().list();
        Output out = context.console().out();
        if (json) {
            all.forEach(one -> out.line(CredentialText.json(one).toString()));
            return ExitCodes.SUCCESS;
        }
        int width = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        all.forEach(one -> out.line("%s:%s %s"
                .formatted(out.name(one.name()), " ".repeat(width - one.name().length()), one.provider())));
        if (all.isEmpty()) {
            context.console().err().line("No credential is saved yet. See: skyferry credential add --help");
        }
        return ExitCodes.SUCCESS;
    }
}
