package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry task abort`: stops the runs of a task.
@Command(
        name = "abort",
        abbreviateSynopsis = true,
        description = "Stop the run of a task that goes on, and the one that waits.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task abort Photos"})
public final class TaskAbortCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskAbortCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Task task = context.services().tasks().named(name);
        boolean any = context.services().runs().abortTask(task.id(), TaskText.caller());
        context.console()
                .out()
                .line(
                        any
                                ? "Task %s was told to stop.".formatted(task.id())
                                : "Nothing of task %s goes on.".formatted(task.id()));
        return ExitCodes.SUCCESS;
    }
}
