package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry alert dismiss`: says that somebody knows.
@Command(
        name = "dismiss",
        abbreviateSynopsis = true,
        description = "Say that somebody knows of an alert.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry alert dismiss 7"})
public final class AlertDismissCommand implements Action {
    private final Context context;

    private long id;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public AlertDismissCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "NUMBER", description = "The alert, as 'alert list' shows it.")
    void id(long given) {
        id = given;
    }

    @Override
    public int act() {
        context.services().alerts().dismiss(id, TaskText.caller());
        return ExitCodes.SUCCESS;
    }
}
