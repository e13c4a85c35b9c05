package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry run list`: the history.
@Command(
        name = "list",
        abbreviateSynopsis = true,
        description = "List runs, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skyferry run list",
            "  skyferry run list --task Photos --state failed --state refused",
            "  skyferry run list --json --limit 100"
        })
public final class RunListCommand implements Action {
    private final Context context;

    @Option(names = "--task", paramLabel = "TASK", description = "Of this task alone.")
    private String name = "";

    @Option(names = "--state", paramLabel = "STATE", description = "In this state; may be given more than once.")
    private List<String> states = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "How many at most: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunListCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        Set<RunState> wanted = new HashSet<>();
        for (String text : states) {
            wanted.add(state(text));
        }
        Optional<Long> task = name.isEmpty()
                ? Optional.empty()
                : Optional.of(context.services().tasks().named(name).id());
        Output out = context.console().out();
        for (Run run : context.services()
                .runs()
                .list(new RunQuery(task, wanted, Optional.empty(), Optional.empty(), Optional.empty(), limit))) {
            out.line(json ? run.json().toString() : TaskText.line(run, out));
        }
        return ExitCodes.SUCCESS;
    }

    private static RunState state(String text) {
        for (RunState one : RunState.values()) {
            if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
                return one;
            }
        }
        throw new UsageException("Want one of %s but have '%s'".formatted(List.of(RunState.values()), text));
    }
}
