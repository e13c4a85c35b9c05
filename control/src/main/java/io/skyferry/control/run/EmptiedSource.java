package io.skyferry.control.run;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;

/// Takes away the directories of a source that hold nothing once its files were moved.
final class EmptiedSource {
    private EmptiedSource() {}

    /// Does so, if everything arrived.
    ///
    /// @return the run's report, with a warning for each directory that stayed
    static Report clear(OneWayRun run, Report report) {
        boolean good = report.verdict() == Verdict.SUCCESS || report.verdict() == Verdict.WARNINGS;
        boolean possible =
                run.mode() == Mode.MOVE && run.source().capabilities().can(Verb.REMOVE_DIRECTORY);
        if (!good || !possible) {
            return report;
        }
        List<String> warnings = new ArrayList<>(report.warnings());
        try {
            var walk = new Walk(run.source(), run.selection(), Walk.ALL, run.cancel());
            new EmptyDirectories(run.source(), run.cancel())
                    .removeBelow(walk)
                    .forEach(one -> warnings.add("'%s' stays at the source: %s".formatted(one.path(), one.reason())));
        } catch (StorageException failure) {
            warnings.add("Emptied directories stay at the source: " + failure.getMessage());
        } catch (CancelledException cancelled) {
            return told(report, Verdict.ABORTED, warnings);
        }
        return told(report, warnings.isEmpty() ? Verdict.SUCCESS : Verdict.WARNINGS, warnings);
    }

    private static Report told(Report report, Verdict verdict, List<String> warnings) {
        return new Report(
                verdict,
                report.transferredFiles(),
                report.transferredBytes(),
                report.copiedAtTarget(),
                report.renamed(),
                report.deleted(),
                report.unchanged(),
                report.skipped(),
                report.failed(),
                report.requests(),
                report.failures(),
                warnings,
                report.refusal());
    }
}
