package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry run follow`: waits for the end of a run.
@Command(
        name = "follow",
        abbreviateSynopsis = true,
        description = "Show how far a run is until it ends.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run follow 17"})
public final class RunFollowCommand implements Action {
    private final Context context;

    private long run;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunFollowCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        return new RunFollowing(context, json).act(context.services().runs().get(run), RunFollowing.Wait.YES);
    }
}
