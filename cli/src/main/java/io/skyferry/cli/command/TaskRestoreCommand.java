package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.Place;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry task restore`: a task the other way round.
@Command(
        name = "restore",
        abbreviateSynopsis = true,
        description = "Save a disabled task that brings back what another one took away. Nothing runs.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task restore Photos --path /srv/restored --mode copy"})
public final class TaskRestoreCommand implements Action {
    private final Context context;

    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What to call the new task.")
    private String description = "";

    @Option(names = "--mode", paramLabel = "copy|sync", description = "As the commands of that name; without: copy.")
    private String mode = "copy";

    @Option(names = "--path", paramLabel = "FOLDER", required = true, description = "Where to bring it.")
    private String path = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskRestoreCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "TASK", description = "Its number or its description.")
    void name(String given) {
        name = given;
    }

    @Override
    public int act() {
        Tasks tasks = context.services().tasks();
        Task there = tasks.named(name);
        JsonValue.Members wishes = JsonValue.Members.EMPTY
                .with("description", JsonValue.of(description))
                .with("transfer_mode", JsonValue.of(mode.toUpperCase(Locale.ROOT)))
                .with("path", JsonValue.of(Place.absolute(path)));
        Task made = tasks.restore(there.id(), wishes, TaskText.caller());
        context.console()
                .out()
                .line(
                        json
                                ? TaskText.json(context, made).toString()
                                : "Saved task %s. Look first: skyferry task dry-run %s"
                                        .formatted(made.id(), made.id()));
        return ExitCodes.SUCCESS;
    }
}
