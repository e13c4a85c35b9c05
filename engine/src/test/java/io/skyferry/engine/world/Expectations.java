package io.skyferry.engine.world;

import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.FaultScript;
import java.util.Map;
import java.util.Optional;

/// What was there when a run began, and what its end must be measured against.
record Expectations(
        Globe globe,
        RunPlan plan,
        Watch watch,
        Map<String, String> sourceBefore,
        Map<String, String> targetBefore,
        boolean sourceThere,
        Optional<Roots> roots,
        PairMemory.Standing standing) {
    static Expectations of(Globe globe, RunPlan plan, Watch watch) {
        return new Expectations(
                globe,
                plan,
                watch,
                watch.source.files(),
                watch.target.files(),
                watch.source.storage.stat(RelPath.ROOT).isPresent(),
                globe.memory.roots(),
                globe.memory.standing());
    }

    Ending ending() {
        return new Ending(
                plan.mode(),
                plan.selection(),
                plan.options().emptyDirectories(),
                plan.options().comparison().by() != RunOptions.By.CONTENT,
                watch.source,
                watch.target,
                sourceBefore,
                targetBefore,
                globe.excused);
    }

    void check(Report report) {
        checkRoots(report);
        if (plan.meddling() == 0) {
            checkDeletes();
            checkVerdict(report);
        }
    }

    /// A root that is not there, or not where it was, stops a run before anything is done.
    private void checkRoots(Report report) {
        boolean moved = roots.filter(before -> !before.leftVolume().equals(globe.left.door.volume())
                                || !before.rightVolume().equals(globe.right.door.volume()))
                        .isPresent()
                && !plan.options().guards().acceptNewRoots();
        boolean peace = plan.sourceFaults().equals(FaultScript.PEACE)
                && plan.targetFaults().equals(FaultScript.PEACE)
                && plan.memoryFailsAt() < 0
                && plan.meddling() == 0;
        if (peace
                && (moved || !sourceThere)
                && report.verdict() != Verdict.REFUSED
                && report.verdict() != Verdict.ABORTED) {
            throw new Violation("Want a refusal, as a root is not what it was, but have " + report);
        }
        if (moved && watch.effects() > 0) {
            throw new Violation("Did something although a root is not what it was: " + report);
        }
    }

    /// No more files went than a guard allows.
    private void checkDeletes() {
        long deleted = watch.deletes();
        if (deleted == 0) {
            return;
        }
        RunOptions.Guards guards = plan.options().guards();
        long selected = targetBefore.keySet().stream()
                .filter(file -> plan.options().keeping().deleteExcluded()
                        || Excluding.selects(plan.selection(), new RelPath(file)))
                .count();
        boolean known = standing instanceof PairMemory.Standing.Known;
        Limit limit = guards.maxDelete().orElse(known ? new Limit.Share(50, 20) : new Limit.Share(10, 20));
        boolean tooMany = switch (limit) {
            case Limit.Count(long most) -> deleted > most;
            case Limit.Share(int percent, long from) -> selected >= from && deleted * 100 > selected * percent;
        };
        long left = sourceBefore.keySet().stream()
                .filter(file -> Excluding.selects(plan.selection(), new RelPath(file)))
                .count();
        boolean emptied =
                left == 0 && watch.source.traits.capabilities().listing().consistent();
        // How many go was shown to somebody when a plan was made; that the source is empty now was not.
        if ((tooMany && plan.kind() == RunPlan.Kind.RUN) || (emptied && !guards.allowEmptySource())) {
            throw new Violation("Deleted %s of %s files past a guard (%s)".formatted(deleted, selected, limit));
        }
    }

    /// Nobody is told that all is well when it is not.
    private void checkVerdict(Report report) {
        boolean good = report.verdict() == Verdict.SUCCESS || report.verdict() == Verdict.WARNINGS;
        boolean fresh = watch.source.traits.capabilities().listing().consistent()
                && watch.target.traits.capabilities().listing().consistent();
        boolean plain = plan.kind() == RunPlan.Kind.RUN
                && RunPlan.isStrict(plan.options().comparison())
                && !plan.references()
                && plan.backup().isEmpty()
                && !plan.options().keeping().deleteExcluded();
        if (good && fresh && plain) {
            if (!ending().outOfStep().isEmpty()) {
                throw new Violation(
                        "Told '%s' although %s cannot come in step".formatted(report.verdict(), ending().outOfStep()));
            }
            ending().check(report);
        }
    }
}
