package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry run undo`: puts back what a run replaced and deleted.
@Command(
        name = "undo",
        abbreviateSynopsis = true,
        description =
                "Put back what a run replaced and deleted, from the task's backup folder, or from older versions that the target keeps. Files that it added stay.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run undo 17"})
public final class RunUndoCommand implements Action {
    private final Context context;

    private long run;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunUndoCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        Run asked = context.services().runs().undo(run, TaskText.caller());
        return new RunFollowing(context, json).act(asked, RunFollowing.Wait.YES);
    }
}
