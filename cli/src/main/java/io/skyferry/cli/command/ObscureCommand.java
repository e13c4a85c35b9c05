package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.SecretText;
import io.skyferry.control.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry obscure`: a password as rclone writes it into its settings.
@Command(
        name = "obscure",
        abbreviateSynopsis = true,
        description = {
            "Print a password as rclone's settings have it: unreadable at a glance, and no protection.",
            "Other users of this machine can see what is typed on a command line."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry obscure --password-file p.txt", "  printf %%s \"$secret\" | skyferry obscure -"})
public final class ObscureCommand implements Action {
    private final Context context;
    private @Nullable String text;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the text; one line end behind it is dropped.")
    private @Nullable String file;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    /// A command in this context.
    public ObscureCommand(Context context) {
        this.context = context;
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "PASSWORD",
            description = "The password; - or nothing: from standard input.")
    void text(String typed) {
        text = typed;
    }

    @Override
    public int act() {
        byte[] password = SecretText.read(text, file);
        String obscured = context.services().encryption().obscure(password);
        context.console().out().line(json ? new Json().put("obscured", obscured).toString() : obscured);
        return ExitCodes.SUCCESS;
    }
}
