package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry task delete`: deletes a task.
@Command(
        name = "delete",
        abbreviateSynopsis = true,
        description = "Delete a task. Its files stay, and so does its history.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task delete Photos"})
public final class TaskDeleteCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskDeleteCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Tasks tasks = context.services().tasks();
        Task task = tasks.named(name);
        tasks.delete(task.id(), TaskText.caller());
        context.console().out().line("Deleted task %s.".formatted(task.id()));
        return ExitCodes.SUCCESS;
    }
}
