package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry task duplicate`: a disabled copy of a task.
@Command(
        name = "duplicate",
        abbreviateSynopsis = true,
        description = "Save a disabled copy of a task.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task duplicate Photos"})
public final class TaskDuplicateCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskDuplicateCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Tasks tasks = context.services().tasks();
        Task made = tasks.duplicate(tasks.named(name).id(), TaskText.caller());
        context.console()
                .out()
                .line(json ? TaskText.json(context, made).toString() : "Saved task %s.".formatted(made.id()));
        return ExitCodes.SUCCESS;
    }
}
