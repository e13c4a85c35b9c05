package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry task show`: one task with all its fields.
@Command(
        name = "show",
        abbreviateSynopsis = true,
        description = "Show a task with all its fields; secrets are hidden.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task show Photos"})
public final class TaskShowCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskShowCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Task task = context.services().tasks().named(name);
        JsonValue.Members all = TaskText.json(context, task);
        Output out = context.console().out();
        if (json) {
            out.line(all.toString());
        } else {
            all.members().forEach((field, value) -> out.line("%s: %s".formatted(field, out.name(value.toString()))));
        }
        return ExitCodes.SUCCESS;
    }
}
