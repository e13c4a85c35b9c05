package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.TaskOptions;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.TaskJson;
import io.skyferry.control.task.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry task edit`: changes fields of a task.
@Command(
        name = "edit",
        abbreviateSynopsis = true,
        description = "Change fields of a task; the others stay as they are.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry task edit Photos --schedule '30 2 * * *'",
            "  skyferry task edit 3 --set transfers=8 --set attributes.storage-class=STANDARD_IA"
        })
public final class TaskEditCommand implements Action {
    private final Context context;

    private String name = "";

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskEditCommand(Context context) {
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
        JsonValue.Members attributes = TaskJson.write(task).get("attributes").orElse(JsonValue.Members.EMPTY)
                        instanceof JsonValue.Members members
                ? members
                : JsonValue.Members.EMPTY;
        Task changed =
                tasks.update(task.id(), options.given(context.services().credentials(), attributes), TaskText.caller());
        context.console()
                .out()
                .line(json ? TaskText.json(context, changed).toString() : "Changed task %s.".formatted(changed.id()));
        return ExitCodes.SUCCESS;
    }
}
