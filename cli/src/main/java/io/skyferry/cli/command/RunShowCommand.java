package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.Run;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyferry run show`: one run.
@Command(
        name = "show",
        abbreviateSynopsis = true,
        description = "Show a run: how it stands, what it did, the ends of its log.",
        footerHeading = "%nExamples:%n",
        footer = {"  skyferry run show 17", "  skyferry run show 17 --events --json    # what became of each file"})
public final class RunShowCommand implements Action {
    private final Context context;

    private long run;

    @Option(names = "--events", description = "What became of each file.")
    private boolean events;

    @Option(names = "--path", paramLabel = "TEXT", description = "With --events: of paths that hold this.")
    private String text = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public RunShowCommand(Context context) {
        this.context = context;
    }

    @Parameters(paramLabel = "RUN", description = "Its number.")
    void run(long given) {
        run = given;
    }

    @Override
    public int act() {
        Run found = context.services().runs().get(run);
        Output out = context.console().out();
        if (events) {
            for (FileEvents.Event event :
                    context.services().runs().events(run, new FileEvents.Query(Set.of(), text, 0, Integer.MAX_VALUE))) {
                out.line(
                        json
                                ? event.json().toString()
                                : "%s %s: %s%s"
                                        .formatted(
                                                event.at(),
                                                event.what(),
                                                out.name(event.path()),
                                                event.reason().isEmpty() ? "" : ": " + out.name(event.reason())));
            }
        } else if (json) {
            out.line(found.json().toString());
        } else {
            out.line(TaskText.line(found, out));
            out.line("asked for %s by %s, began %s, ended %s"
                    .formatted(
                            found.queued(),
                            found.caller(),
                            TaskText.time(found.started()),
                            TaskText.time(found.finished())));
            out.line(found.totals().toString());
            found.excerpt().lines().forEach(line -> out.line("  " + line));
        }
        return ExitCodes.SUCCESS;
    }
}
