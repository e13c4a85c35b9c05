package io.skyferry.cli.option;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.control.exchange.ImportReport;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import picocli.CommandLine.Option;

/// How much of an import is kept, and how it is told.
public final class ImportOptions {
    @Option(names = "--dry-run", description = "Only tell what would be made.")
    private boolean dryRun;

    @Option(names = "--partial", description = "Make the rest where something is wrong with a part of it.")
    private boolean partial;

    @Option(
            names = "--strict",
            description = "Make nothing where a kind of storage is not known here, or a secret is missing.")
    private boolean strict;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    /// Options as picocli fills them.
    public ImportOptions() {}

    /// Whether it is a trial.
    public Doing doing() {
        return dryRun ? Doing.TELL : Doing.KEEP;
    }

    /// How much has to be right.
    ///
    /// @throws UsageException if two things are wished for at once
    public Keeping keeping() {
        if (partial && strict) {
            throw new UsageException("Want '--partial' or '--strict' but have both");
        }
        if (strict) {
            return Keeping.ALL_OR_NOTHING;
        }
        return partial ? Keeping.WHAT_CAN_BE : Keeping.ALL_OF_KNOWN_KINDS;
    }

    /// Prints a report.
    ///
    /// @return the exit code: whether everything is there that was asked for
    public int print(ImportReport report, Context context) {
        Output out = context.console().out();
        for (ImportReport.Line line : report.lines()) {
            out.line(json ? line.json().put("done", report.done()).toString() : words(line, report.done(), out));
        }
        if (!report.done() && !json) {
            out.line("Nothing was changed" + why(report));
        }
        return report.count(Fate.REFUSED) == 0 && report.satisfies(keeping()) ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }

    private String why(ImportReport report) {
        long wrong = report.count(Fate.REFUSED);
        if (report.satisfies(keeping())) {
            return "";
        }
        String would = dryRun ? ", and would not be" : "";
        return wrong > 0
                ? "%s: %s cannot be made. --partial makes the rest".formatted(would, wrong)
                : "%s: %s would be left out. Without --strict the rest is made"
                        .formatted(would, report.count(Fate.LEFT_OUT));
    }

    private static String words(ImportReport.Line line, boolean done, Output out) {
        String what = line.what() == What.CREDENTIAL ? "credential" : "task";
        String fate = switch (line.fate()) {
            case MADE -> done ? "made" : "would be made";
            case UPDATED -> done ? "updated" : "would be updated";
            case LEFT_OUT -> "left out";
            case REFUSED -> "cannot be made";
        };
        boolean there = line.fate() == Fate.MADE || line.fate() == Fate.UPDATED;
        String words = line.words().isEmpty() ? "" : (there ? "; " : ": ") + line.words();
        return "%s %s: %s%s".formatted(what, out.name(line.name()), fate, words);
    }
}
