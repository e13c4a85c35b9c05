package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry run approve`: does exactly what a plan says.
@Command(
        name = "approve",
        abbreviateSynopsis = true,
        description = "Do exactly what the plan of a run says that a guard stopped, or of a dry run. Once.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run approve 17"})
public final class RunApproveCommand implements Action {
    private final Context context;

    private long run;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunApproveCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        Run asked = context.services().runs().approve(run, TaskText.caller());
        return new RunFollowing(context, json).act(asked, RunFollowing.Wait.YES);
    }
}
