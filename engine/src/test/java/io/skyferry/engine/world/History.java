package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// One seed's history: a beginning, some runs with misfortunes in between, and two runs in peace, after which all must
/// be well.
final class History {
    private final long seed;
    private final Workers workers;
    private final Trace trace;
    private final Crash crash;

    /// Where a process is made to die.
    ///
    /// @param run which run, from 0; behind it come the peaceful ones
    /// @param moment at which of its points; -1: it lives
    record Crash(int run, long moment) {
        static final Crash AS_DRAWN = new Crash(-1, -1);
    }

    /// What a history came to.
    ///
    /// @param moments how many points the run had that was looked at
    record Outcome(long hash, int runs, long moments) {}

    private History(long seed, Workers workers, Trace trace, Crash crash) {
        this.seed = seed;
        this.workers = workers;
        this.trace = trace;
        this.crash = crash;
    }

    /// Plays the history of a seed.
    ///
    /// @throws Violation if something happened that must not
    static Outcome play(long seed, Workers workers, Trace trace, Crash crash) {
        return new History(seed, workers, trace, crash).played();
    }

    private SplittableRandom random(int what) {
        return new SplittableRandom(seed * 1_000_003 + what * 7_919L);
    }

    private Outcome played() {
        SplittableRandom first = random(0);
        Setup setup = Setup.of(first);
        trace.add("world", setup.toString(), "");
        var globe = new Globe(setup, trace);
        var stage = new Stage(globe, workers);
        new Misfortunes(globe, first).beginning();
        int runs = crash.run() >= 0 ? crash.run() + 1 : 1 + first.nextInt(4);
        long moments = 0;
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = random(run + 1);
            if (run > 0) {
                new Misfortunes(globe, random).between();
            }
            RunPlan plan = RunPlan.of(random, setup);
            if (globe.isTorn) {
                plan = plan.forward(); // What the power left is nothing to be brought anywhere.
            }
            if (run == crash.run()) {
                plan = plan.dyingAt(crash.moment());
            }
            moments = stage.play(plan, random).moments();
        }
        finale(globe, stage);
        return new Outcome(trace.hash(), runs + 2, moments);
    }

    private void finale(Globe globe, Stage stage) {
        SplittableRandom random = random(100);
        var misfortunes = new Misfortunes(globe, random);
        misfortunes.peace();
        Mode mode = globe.setup.mode();
        Selection selection = random.nextInt(5) > 0
                ? Selection.everything()
                : RunPlan.selection(random, globe.setup.paths(), Optional.empty());
        RunPlan plan = RunPlan.peaceful(mode, selection, random.nextBoolean());
        Map<String, String> sourceBefore = globe.left.files();
        Map<String, String> targetBefore = globe.right.files();
        Report report = stage.play(plan, random).report().orElseThrow();
        var ending = new Ending(
                mode,
                selection,
                plan.options().emptyDirectories(),
                plan.options().comparison().by() != RunOptions.By.CONTENT,
                globe.left,
                globe.right,
                sourceBefore,
                targetBefore,
                globe.excused);
        ending.check(report);
        if (selection.isEverything() && ending.hopeless().isEmpty()) {
            checkNothingLeft(globe);
        }
        again(globe, stage, plan, random, sourceBefore);
    }

    /// Nothing of ours is left behind.
    private static void checkNothingLeft(Globe globe) {
        long uploads = globe.right.door.unfinishedUploads();
        long foreign = globe.right.foreignUploads.stream()
                .filter(id -> !id.equals("foreign"))
                .count();
        boolean canTell = globe.right.here || globe.right.traits.capabilities().can(Verb.LIST_UPLOADS);
        if (uploads > foreign && canTell && !globe.wasMemoryLost) {
            throw new Violation("Left %s unfinished uploads: %s".formatted(uploads - foreign, globe.right.begun));
        }
        long leftovers = globe.right.shownLeftovers().keySet().stream()
                .filter(id -> id.startsWith("w"))
                .count();
        if (leftovers > 0 && !globe.wasReversed) {
            throw new Violation("Left temporary files: " + globe.right.leftovers);
        }
    }

    /// A second run in peace does nothing, unless the power went in between: then it mends.
    ///
    /// @param moved the source's files before the first one
    private void again(Globe globe, Stage stage, RunPlan plan, SplittableRandom random, Map<String, String> moved) {
        globe.clock.advance(Duration.ofSeconds(random.nextInt(7_000)));
        globe.left.door.settle();
        globe.right.door.settle();
        boolean powerLost = random.nextInt(3) == 0;
        Map<String, String> targetBefore = globe.right.files();
        if (powerLost) {
            new Misfortunes(globe, random).power();
        }
        Map<String, String> target = globe.right.files();
        Map<String, String> source = globe.left.files();
        boolean mended = powerLost && !target.equals(targetBefore);
        if (mended && plan.mode() == Mode.MOVE) {
            checkMovedStay(globe, moved, target);
        }
        Stage.Ended ended = stage.play(plan, random);
        Report report = ended.report().orElseThrow();
        var ending = new Ending(
                plan.mode(),
                plan.selection(),
                plan.options().emptyDirectories(),
                plan.options().comparison().by() != RunOptions.By.CONTENT,
                globe.left,
                globe.right,
                source,
                target,
                globe.excused);
        ending.check(report);
        // Where a listing does not tell times, they are mended as they are met.
        boolean told =
                globe.left.traits.times() == Traits.Times.LISTED && globe.right.traits.times() == Traits.Times.LISTED;
        boolean did = report.transferredFiles() + report.deleted() + report.renamed() > 0
                || (told && ended.watch().effects() > 0);
        // What nobody could tell apart by its looks is read after a loss of power, and found out.
        boolean foundOut = powerLost && !globe.excused.isEmpty();
        if (!mended && !foundOut && ending.hopeless().isEmpty() && did) {
            throw new Violation("A second run did something: " + report);
        }
    }

    /// What was moved is on the medium, whatever becomes of the power.
    private static void checkMovedStay(Globe globe, Map<String, String> moved, Map<String, String> after) {
        Map<String, String> byKey = new TreeMap<>();
        after.forEach((path, content) -> byKey.put(globe.keys.ofFile(new RelPath(path)), content));
        moved.forEach((path, content) -> {
            var file = new RelPath(path);
            if (globe.left.at(file).isEmpty() && !content.equals(byKey.get(globe.keys.ofFile(file)))) {
                throw new Violation("Moved '%s' and lost it with the power".formatted(path));
            }
        });
    }
}
