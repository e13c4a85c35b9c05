package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry task run`: asks for a run.
@Command(
        name = "run",
        abbreviateSynopsis = true,
        description = "Run a task now and wait for its end. Where the service is up, it does the run.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task run Photos", "  skyferry task run 3 --no-wait    # where the service is up"})
public final class TaskRunCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--no-wait", description = "Do not wait for the end. Takes a service that does the run.")
    private boolean noWait;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskRunCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Task task = context.services().tasks().named(name);
        Run run = context.services().runs().trigger(task.id(), RunKind.REAL, TaskText.caller());
        return new RunFollowing(context, json).act(run, noWait ? RunFollowing.Wait.NO : RunFollowing.Wait.YES);
    }
}
