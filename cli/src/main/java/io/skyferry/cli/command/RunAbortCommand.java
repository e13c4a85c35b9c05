package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry run abort`: stops a run.
@Command(
        name = "abort",
        abbreviateSynopsis = true,
        description = "Stop a run.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run abort 17"})
public final class RunAbortCommand implements Action {
    private final Context context;

    private long run;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunAbortCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        boolean any = context.services().runs().abort(run, TaskText.caller());
        context.console()
                .out()
                .line(any ? "Run %s was told to stop.".formatted(run) : "Run %s has ended already.".formatted(run));
        return ExitCodes.SUCCESS;
    }
}
