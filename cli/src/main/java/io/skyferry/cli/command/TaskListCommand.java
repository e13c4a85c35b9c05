package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Run;
import io.skyferry.control.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry task list`: all tasks.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List the saved tasks.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry task list", "  skyferry task list --json    # an object a line"})
public final class TaskListCommand implements Action {
    private final Context context;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public TaskListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        List<Task> all = context.services().tasks().list();
        Map<Long, Run> newest =
                context.services().runs().newest(all.stream().map(Task::id).toList());
        Output out = context.console().out();
        for (Task task : all) {
            if (json) {
                out.line(TaskText.json(context, task, Optional.ofNullable(newest.get(task.id())))
                        .toString());
            } else {
                out.line("%s  %-11s %-8s next %s  %s"
                        .formatted(
                                task.id(),
                                TaskText.state(Optional.ofNullable(newest.get(task.id()))),
                                task.fields().timing().enabled() ? "enabled" : "disabled",
                                TaskText.time(task.nextRun()),
                                out.name(task.fields().description())));
            }
        }
        if (all.isEmpty() && !json) {
            context.console().err().line("No task is saved yet. See: skyferry task create --help");
        }
        return ExitCodes.SUCCESS;
    }
}
