package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.json.Json;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.PlanChange;
import io.skyferry.control.runs.PlanPages;
import io.skyferry.control.runs.Run;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
        footer = {
            "  skyferry run show 17",
            "  skyferry run show 17 --events --json    # what became of each file",
            "  skyferry run show 17 --plan --what deleted"
        })
public final class RunShowCommand implements Action {
    private final Context context;

    private long run;

    @Option(names = "--events", description = "What became of each file.")
    private boolean events;

    @Option(names = "--plan", description = "What its plan says: of a dry run, or of one that a guard stopped.")
    private boolean plan;

    @Option(
            names = "--what",
            split = ",",
            paramLabel = "WORD",
            description = "With --events or --plan: what happened so: added, replaced, deleted, skipped, ...")
    private List<String> what = List.of();

    @Option(names = "--path", paramLabel = "TEXT", description = "With --events or --plan: of paths that hold this.")
    private String text = "";

    @Option(names = "--limit", paramLabel = "N", description = "With --events or --plan: so many at most.")
    private int limit = Integer.MAX_VALUE;

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
            showEvents(out);
        } else if (plan) {
            showPlan(out);
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
            out.line(found.totals().words());
            found.excerpt().lines().forEach(line -> out.line("  " + line));
        }
        return ExitCodes.SUCCESS;
    }

    private void showEvents(Output out) {
        var query = new FileEvents.Query(Set.copyOf(what), text, 0, limit);
        for (FileEvents.Event event : context.services().runs().events(run, query)) {
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
    }

    private void showPlan(Output out) {
        var query = new PlanPages.Query(changes(), text, 0, limit);
        PlanPages.Page page = context.services()
                .runs()
                .planPage(run, query)
                .orElseThrow(() -> new RefusedException(
                        "Want the plan of run %s but it is kept no longer, or never was".formatted(run)));
        for (PlanPages.Line line : page.lines()) {
            String from = line.from().map(path -> " from " + out.name(path)).orElse("");
            out.line(json ? json(line) : "%s: %s%s".formatted(line.what(), out.name(line.path()), from));
        }
        if (!json) {
            out.line("%s of %s steps; all of them: %s, %s bytes go over"
                    .formatted(
                            page.lines().size(),
                            page.fitting(),
                            new TreeMap<>(page.totals().steps()),
                            page.totals().bytes()));
        }
    }

    private Set<PlanChange> changes() {
        Set<PlanChange> changes = EnumSet.noneOf(PlanChange.class);
        for (String word : what) {
            changes.add(PlanChange.told(word)
                    .orElseThrow(() -> new UsageException("Want one of %s as --what but have '%s'"
                            .formatted(
                                    Arrays.stream(PlanChange.values())
                                            .map(PlanChange::done)
                                            .toList(),
                                    word))));
        }
        return changes;
    }

    private static String json(PlanPages.Line line) {
        var json = new Json().put("what", line.what()).put("path", line.path());
        line.from().ifPresentOrElse(from -> json.put("from", from), () -> json.putNull("from"));
        return json.put("bytes", line.bytes()).toString();
    }
}
