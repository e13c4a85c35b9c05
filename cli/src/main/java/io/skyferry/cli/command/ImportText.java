package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Output;
import io.skyferry.control.exchange.ImportReport;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.exchange.ImportWishes;
import java.util.Locale;

/// Tells what an import made.
final class ImportText {
    private ImportText() {}

    /// What is to be kept.
    static ImportWishes.Keeping keeping(boolean dryRun, boolean strict) {
        if (dryRun) {
            return ImportWishes.Keeping.NOTHING;
        }
        return strict ? ImportWishes.Keeping.ALL_OR_NOTHING : ImportWishes.Keeping.WHAT_CAN_BE;
    }

    /// Prints a report.
    ///
    /// @return the exit code: something was left out
    static int print(ImportReport report, boolean json, Context context) {
        Output out = context.console().out();
        for (ImportReport.Line line : report.lines()) {
            out.line(json ? line.json().put("done", report.done()).toString() : words(line, report.done(), out));
        }
        if (!report.done() && !json) {
            out.line("Nothing was changed");
        }
        return report.isPartial() ? ExitCodes.FAILED : ExitCodes.SUCCESS;
    }

    private static String words(ImportReport.Line line, boolean done, Output out) {
        String what = line.what() == What.CREDENTIAL ? "credential" : "task";
        String fate = switch (line.fate()) {
            case MADE -> done ? "made" : "would be made";
            case UPDATED -> done ? "updated" : "would be updated";
            case LEFT_OUT -> "left out";
        };
        String words = line.words().isEmpty() ? "" : (line.fate() == Fate.LEFT_OUT ? ": " : "; ") + line.words();
        return "%s %s: %s%s".formatted(what.toLowerCase(Locale.ROOT), out.name(line.name()), fate, words);
    }
}
