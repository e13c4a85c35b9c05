package io.skyferry.control.runs;

import io.skyferry.engine.report.Report;
import io.skyferry.limits.Counted;

/// What a run did; of a dry run, what it would do.
///
/// @param files that went over
/// @param bytes of them
public record RunTotals(
        long files,
        long bytes,
        long copied,
        long renamed,
        long deleted,
        long unchanged,
        long skipped,
        long failed,
        long warnings) {
    /// Nothing.
    public static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

    static RunTotals of(Report report) {
        return new RunTotals(
                report.transferredFiles(),
                report.transferredBytes(),
                report.copiedAtTarget(),
                report.renamed(),
                report.deleted(),
                report.unchanged(),
                report.skipped(),
                report.failed(),
                report.warnings().size());
    }

    /// In words, for logs and people.
    public String words() {
        return "%s with %s transferred, %s copied there, %s renamed, %s deleted, %s in step, %s left alone, %s failed"
                .formatted(
                        Counted.of(files, "file"),
                        Counted.of(bytes, "byte"),
                        copied,
                        renamed,
                        deleted,
                        unchanged,
                        skipped,
                        failed);
    }
}
