package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyferry task enable`: switches the schedule of a task.
@Command(
        name = "enable",
        abbreviateSynopsis = true,
        description = "Let a task run by its schedule.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task enable Photos"})
public final class TaskEnableCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskEnableCommand(Context context) {
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
        Task changed =
                tasks.update(task.id(), JsonValue.Members.EMPTY.with("enabled", JsonValue.of(true)), TaskText.caller());
        context.console()
                .out()
                .line("Enabled task %s. Next run: %s".formatted(changed.id(), TaskText.time(changed.nextRun())));
        return ExitCodes.SUCCESS;
    }
}
