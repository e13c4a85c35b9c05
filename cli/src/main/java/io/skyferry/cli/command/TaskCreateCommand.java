package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.TaskOptions;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry task create`: saves a new task.
@Command(
        name = "create",
        abbreviateSynopsis = true,
        description = "Save a new task. Nothing runs; of the account a pull is asked whether its folder is there.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry task create --description Photos --credential work --path /srv/photos --bucket backup --folder photos",
            "  skyferry task create --fields task.json    # an object with all fields",
            "  skyferry task create --path /srv/db --credential nas --folder db --schedule daily --set max_delete=100"
        })
public final class TaskCreateCommand implements Action {
    private final Context context;

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskCreateCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        JsonValue.Members given = options.given(context.services().credentials(), JsonValue.Members.EMPTY);
        for (String usual : List.of("direction=PUSH", "transfer_mode=COPY")) {
            String[] parts = usual.split("=", 2);
            given = given.get(parts[0]).isPresent() ? given : given.with(parts[0], JsonValue.of(parts[1]));
        }
        if (given.get("attributes").isEmpty()) {
            given = given.with("attributes", JsonValue.Members.EMPTY);
        }
        Task made = context.services().tasks().create(given, TaskText.caller());
        context.console()
                .out()
                .line(
                        json
                                ? TaskText.json(context, made).toString()
                                : "Saved task %s. Try it: skyferry task dry-run %s".formatted(made.id(), made.id()));
        return ExitCodes.SUCCESS;
    }
}
