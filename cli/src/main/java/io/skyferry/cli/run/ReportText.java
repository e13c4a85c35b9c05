package io.skyferry.cli.run;

import io.skyferry.cli.console.Amounts;
import io.skyferry.engine.report.Report;
import io.skyferry.limits.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A report in a few lines for people.
final class ReportText {
    private ReportText() {}

    /// Whether failures are named or only counted.
    enum Failures {
        /// Each is named.
        NAMED,
        /// They were told already.
        COUNTED
    }

    /// `Done: 3 files (12.000 MiB) transferred, 1 renamed, 100 unchanged in 2.3s`, and what went wrong.
    static List<String> lines(Report report, Duration time, Failures failures) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(report) + ": " + counts(report) + " in " + Amounts.time(time));
        if (failures == Failures.NAMED) {
            addTrouble(lines, report);
        }
        return lines;
    }

    /// `Plan: 3 files (12.000 MiB) transferred, 1 renamed`, and the requests it costs.
    static List<String> plan(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan: " + counts(report));
        List<String> requests = new ArrayList<>();
        JsonEvents.byName(report.requests()).forEach((name, count) -> requests.add(count + " " + name));
        lines.add("Requests: " + (requests.isEmpty() ? "none" : String.join(", ", requests)));
        addTrouble(lines, report);
        return lines;
    }

    private static void addTrouble(List<String> lines, Report report) {
        report.failures().forEach(failure -> lines.add("  " + told(failure.path(), failure.reason())));
        if (report.failed() > report.failures().size()) {
            lines.add("  and %s more"
                    .formatted(report.failed() - report.failures().size()));
        }
        report.warnings().forEach(warning -> lines.add("  " + warning));
        if (!report.refusal().isEmpty()) {
            lines.add(report.refusal());
        }
    }

    /// What failed and why; of the place as a whole only why.
    static String told(String path, String reason) {
        return path.isEmpty() ? reason : path + ": " + reason;
    }

    private static String verdict(Report report) {
        return switch (report.verdict()) {
            case SUCCESS -> "Done";
            case WARNINGS -> "Done, with warnings";
            case FAILED -> "Finished, but not everything arrived";
            case REFUSED -> "Refused";
            case ABORTED -> "Stopped";
        };
    }

    private static String counts(Report report) {
        List<String> counts = new ArrayList<>();
        counts.add("%s (%s) transferred"
                .formatted(Counted.of(report.transferredFiles(), "file"), Amounts.bytes(report.transferredBytes())));
        add(counts, report.copiedAtTarget(), "copied at the target");
        add(counts, report.renamed(), "renamed");
        add(counts, report.deleted(), "deleted");
        add(counts, report.unchanged(), "unchanged");
        add(counts, report.skipped(), "skipped");
        add(counts, report.failed(), "failed");
        return String.join(", ", counts);
    }

    private static void add(List<String> counts, long number, String what) {
        if (number > 0) {
            counts.add(number + " " + what);
        }
    }
}
