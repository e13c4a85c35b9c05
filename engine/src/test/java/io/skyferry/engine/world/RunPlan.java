package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.By;
import io.skyferry.engine.options.RunOptions.Comparison;
import io.skyferry.engine.options.RunOptions.Guards;
import io.skyferry.engine.options.RunOptions.Keeping;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// What one run of a history is like, and what befalls it.
///
/// @param meddling how many of a thousand moments see an edit
/// @param crashAt at which moment the process dies; -1: it lives
/// @param cancelAt at which moment it is told to stop; -1: never
/// @param memoryFailsAt which write to the memory fails; -1: none
record RunPlan(
        Kind kind,
        Mode mode,
        boolean reversed,
        RunOptions options,
        Selection selection,
        Optional<Watch.BackupArea> backup,
        boolean references,
        int meddling,
        FaultScript sourceFaults,
        FaultScript targetFaults,
        long crashAt,
        long cancelAt,
        long memoryFailsAt) {
    private static final Watch.BackupArea ASIDE = new Watch.BackupArea("kept/", "");
    private static final Watch.BackupArea BESIDE = new Watch.BackupArea("", ".bak");

    /// How a run goes.
    enum Kind {
        RUN,
        PLAN,
        PLAN_THEN_APPLY
    }

    /// Nothing befalls it, and no guard stops it.
    static RunPlan peaceful(Mode mode, Selection selection, boolean emptyDirectories) {
        var guards = new Guards(
                Optional.of(new Limit.Count(1_000_000)), OptionalLong.empty(), Optional.empty(), true, true, false);
        return new RunPlan(
                Kind.RUN,
                mode,
                false,
                new RunOptions(
                        Comparison.DEFAULTS, guards, transfers(Order.AS_FOUND), Keeping.DEFAULTS, emptyDirectories),
                selection,
                Optional.empty(),
                false,
                0,
                FaultScript.PEACE,
                FaultScript.PEACE,
                -1,
                -1,
                -1);
    }

    RunPlan dyingAt(long moment) {
        return new RunPlan(
                kind,
                mode,
                reversed,
                options,
                selection,
                backup,
                references,
                meddling,
                sourceFaults,
                targetFaults,
                moment,
                cancelAt,
                memoryFailsAt);
    }

    /// The same in the usual direction.
    RunPlan forward() {
        return new RunPlan(
                kind,
                mode,
                false,
                options,
                selection,
                backup,
                references,
                meddling,
                sourceFaults,
                targetFaults,
                crashAt,
                cancelAt,
                memoryFailsAt);
    }

    private static Transfers transfers(Order order) {
        return new Transfers(4, 8, 3, OptionalLong.empty(), Optional.empty(), order, false, false, 40);
    }

    static RunPlan of(SplittableRandom random, Setup setup) {
        Mode mode =
                random.nextInt(6) > 0 ? setup.mode() : List.of(Mode.values()).get(random.nextInt(3));
        Optional<Watch.BackupArea> backup =
                random.nextInt(8) == 0 ? Optional.of(random.nextBoolean() ? ASIDE : BESIDE) : Optional.empty();
        boolean troubled = random.nextInt(3) == 0;
        return new RunPlan(
                kind(random),
                mode,
                random.nextInt(16) == 0,
                options(random),
                selection(random, setup.paths(), backup),
                backup,
                random.nextInt(10) == 0,
                random.nextInt(2) == 0 ? 0 : 10 + random.nextInt(120),
                troubled ? faults(random) : FaultScript.PEACE,
                troubled ? faults(random) : FaultScript.PEACE,
                random.nextInt(4) == 0 ? 1 + random.nextInt(150) : -1,
                random.nextInt(20) == 0 ? 1 + random.nextInt(100) : -1,
                random.nextInt(30) == 0 ? 1 + random.nextInt(12) : -1);
    }

    private static Kind kind(SplittableRandom random) {
        int dice = random.nextInt(20);
        return dice == 0 ? Kind.PLAN : dice < 3 ? Kind.PLAN_THEN_APPLY : Kind.RUN;
    }

    static Selection selection(SplittableRandom random, List<RelPath> paths, Optional<Watch.BackupArea> backup) {
        List<RelPath> excluded = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            RelPath one = Excluding.folded(paths.get(random.nextInt(paths.size())));
            excluded.add(random.nextBoolean() || one.parent().isRoot() ? one : one.parent());
        }
        if (backup.isPresent()) {
            excluded.add(new RelPath("kept"));
            return new Excluding(excluded, ".bak");
        }
        return excluded.isEmpty() ? Selection.everything() : new Excluding(excluded, "");
    }

    private static RunOptions options(SplittableRandom random) {
        Order[] orders = Order.values();
        return new RunOptions(
                comparison(random),
                guards(random),
                new Transfers(
                        4,
                        8,
                        1 + random.nextInt(3),
                        random.nextInt(20) == 0 ? OptionalLong.of(random.nextInt(100)) : OptionalLong.empty(),
                        Optional.empty(),
                        random.nextInt(3) == 0 ? orders[random.nextInt(orders.length)] : Order.AS_FOUND,
                        random.nextInt(6) == 0,
                        random.nextInt(3) == 0,
                        random.nextInt(4) == 0 ? 1 : 40),
                new Keeping(random.nextInt(6) == 0, random.nextInt(8) > 0),
                random.nextInt(3) == 0);
    }

    private static Comparison comparison(SplittableRandom random) {
        int dice = random.nextInt(24);
        return new Comparison(
                dice < 3 ? By.CONTENT : dice < 5 ? By.SIZE : By.SIZE_AND_TIME,
                dice == 6,
                dice == 7,
                dice == 8,
                dice == 9,
                dice == 10 ? Duration.ofDays(1) : Duration.ofNanos(1));
    }

    /// Whether a run with these options takes the same files for equal as one without options.
    static boolean isStrict(Comparison comparison) {
        return comparison.by() != By.SIZE
                && !comparison.ignoreExisting()
                && !comparison.update()
                && !comparison.ignoreSize()
                && comparison.window().compareTo(Duration.ofSeconds(1)) <= 0;
    }

    private static Guards guards(SplittableRandom random) {
        return new Guards(
                limit(random, 6),
                random.nextInt(16) == 0 ? OptionalLong.of(random.nextInt(60)) : OptionalLong.empty(),
                limit(random, 10),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0,
                random.nextInt(8) == 0);
    }

    private static Optional<Limit> limit(SplittableRandom random, int oneIn) {
        if (random.nextInt(oneIn) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                random.nextBoolean() ? new Limit.Count(random.nextInt(4)) : new Limit.Share(random.nextInt(101), 2));
    }

    private static FaultScript faults(SplittableRandom random) {
        FaultScript script = FaultScript.PEACE.withDice(
                random.nextLong(),
                new int[] {0, 20, 100, 300}[random.nextInt(4)],
                1 + random.nextInt(4),
                FaultScript.Trouble.ANY);
        if (random.nextInt(3) == 0) {
            Verb[] verbs = Verb.values();
            script = script.onFirst(
                    1 + random.nextInt(3),
                    verbs[random.nextInt(verbs.length)],
                    random.nextInt(3) == 0 ? "*" : "**",
                    fault(random));
        }
        return script;
    }

    private static Fault fault(SplittableRandom random) {
        ErrorKind[] kinds = {
            ErrorKind.FORBIDDEN,
            ErrorKind.CORRUPT,
            ErrorKind.QUOTA_EXCEEDED,
            ErrorKind.UNAUTHENTICATED,
            ErrorKind.UNEXPECTED,
            ErrorKind.TOO_LARGE,
            ErrorKind.UNAVAILABLE
        };
        ErrorKind kind = kinds[random.nextInt(kinds.length)];
        return switch (random.nextInt(4)) {
            case 0 -> new Fault.LosesReply(kind);
            case 1 -> new Fault.CutsBody(kind, random.nextInt(30));
            default -> new Fault.Fails(kind);
        };
    }
}
