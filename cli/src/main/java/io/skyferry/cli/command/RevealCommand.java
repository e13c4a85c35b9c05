package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.SecretText;
import io.skyferry.control.json.Json;
import io.skyferry.storage.RelPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry reveal`: the password that rclone's settings hold.
@Command(
        name = "reveal",
        abbreviateSynopsis = true,
        description = "Print the password that an obscured text of rclone's settings stands for.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry reveal YWFhYWFhYWFhYWFhYWFhYXMaGgIlEQ", "  skyferry reveal --password-file obscured.txt"})
public final class RevealCommand implements Action {
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
    public RevealCommand(Context context) {
        this.context = context;
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The obscured text; - or nothing: from standard input.")
    void text(String typed) {
        text = typed;
    }

    @Override
    public int act() {
        byte[] obscured = SecretText.read(text, file);
        byte[] password = context.services().encryption().reveal(RelPath.textOf(obscured, 0, obscured.length));
        String revealed = RelPath.textOf(password, 0, password.length);
        context.console().out().line(json ? new Json().put("revealed", revealed).toString() : revealed);
        return ExitCodes.SUCCESS;
    }
}
