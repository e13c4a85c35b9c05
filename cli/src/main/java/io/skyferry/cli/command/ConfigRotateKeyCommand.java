package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.limits.Counted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `skyferry config rotate-key`: a new key for all secrets.
@Command(
        name = "rotate-key",
        abbreviateSynopsis = true,
        description =
                "Make a new key and seal every secret under it. The old key stays in the file, for older copies of the database.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry config rotate-key"})
public final class ConfigRotateKeyCommand implements Action {
    private final Context context;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public ConfigRotateKeyCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        long count = context.services().vault().rotate(context.services().database());
        TaskText.audit(context, "config.rotate-key", "configuration", Counted.of(count, "secret"));
        context.console()
                .out()
                .line("Sealed %s under a new key. Keep a copy of the key file.".formatted(Counted.of(count, "secret")));
        return ExitCodes.SUCCESS;
    }
}
