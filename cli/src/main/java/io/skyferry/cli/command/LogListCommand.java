package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry log list`: which logs are kept.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List the runs whose logs are kept, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry log list", "  skyferry log list --json"})
public final class LogListCommand implements Action {
    private final Context context;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public LogListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Output out = context.console().out();
        for (Run run : context.services().runs().list(RunQuery.newest(limit))) {
            context.services()
                    .runs()
                    .logFile(run.id())
                    .ifPresent(file -> out.line(
                            json
                                    ? run.brief().put("log", file.toString()).toString()
                                    : "%s  %s".formatted(TaskText.line(run, out), out.name(file.toString()))));
        }
        return ExitCodes.SUCCESS;
    }
}
