package io.skyferry.engine.world;

import io.skyferry.engine.oneway.OneWay;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.ExchangedPairMemory;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.plan.StepLines;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.RunEvent;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Workers;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.RetryInterceptor;
import io.skyferry.layers.RetryPolicy;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions.Durability;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.SimulatedCrash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Where runs take place: puts the stacks together, lets the run go, and judges what can be judged at its end.
final class Stage {
    private static final RetryPolicy PATIENCE = new RetryPolicy(3, Duration.ofMillis(10), Duration.ofSeconds(1));

    private final Globe globe;
    private final Workers workers;

    Stage(Globe globe, Workers workers) {
        this.globe = globe;
        this.workers = workers;
    }

    /// How a run ended.
    ///
    /// @param report empty: the process died
    /// @param moments how many points it had
    record Ended(Optional<Report> report, Watch watch, long moments) {}

    private static final class Scene {
        final RunPlan plan;
        final Watch watch;
        final OneWayRun run;
        final HeldPairMemory memory;

        Scene(RunPlan plan, Watch watch, OneWayRun run, HeldPairMemory memory) {
            this.plan = plan;
            this.watch = watch;
            this.run = run;
            this.memory = memory;
        }
    }

    /// Lets a run go.
    Ended play(RunPlan plan, SplittableRandom random) {
        globe.excuseUntraceable();
        globe.trace.add("world", "run " + plan.kind() + " " + plan.mode(), plan.reversed() ? "reversed" : "");
        globe.wasReversed |= plan.reversed();
        return switch (plan.kind()) {
            case RUN -> {
                Scene scene = scene(plan, watch(plan, Watch.Kind.DOES), Watch.Kind.DOES, random);
                yield act(scene, () -> OneWay.run(scene.run), random);
            }
            case PLAN -> planned(plan, random, new ArrayList<>());
            case PLAN_THEN_APPLY -> {
                List<String> steps = new ArrayList<>();
                Ended told = planned(plan, random, steps);
                if (told.report().isEmpty()) {
                    yield told;
                }
                if (random.nextBoolean()) {
                    globe.actor.edit(random, globe.left, globe.right, Optional.empty());
                    globe.actor.edit(random, globe.right, globe.left, Optional.empty());
                }
                Watch watch = told.watch().followedBy(rules(plan, Watch.Kind.DOES), globe.moments.now());
                Scene scene = scene(plan, watch, Watch.Kind.DOES, random);
                yield act(
                        scene,
                        () -> OneWay.apply(
                                scene.run, steps.stream().map(StepLines::read).iterator()),
                        random);
            }
        };
    }

    private Ended planned(RunPlan plan, SplittableRandom random, List<String> steps) {
        Scene scene = scene(plan, watch(plan, Watch.Kind.TELLS), Watch.Kind.TELLS, random);
        return act(scene, () -> OneWay.plan(scene.run, (Step step) -> steps.add(StepLines.write(step))), random);
    }

    private Watch watch(RunPlan plan, Watch.Kind kind) {
        return Watch.of(rules(plan, kind), sourceOf(plan), targetOf(plan), globe.moments.now());
    }

    private Place sourceOf(RunPlan plan) {
        return plan.reversed() ? globe.right : globe.left;
    }

    private Place targetOf(RunPlan plan) {
        return plan.reversed() ? globe.left : globe.right;
    }

    private Watch.Rules rules(RunPlan plan, Watch.Kind kind) {
        return new Watch.Rules(
                kind,
                plan.mode(),
                plan.selection(),
                plan.options().keeping().deleteExcluded(),
                plan.options().guards().ignoreErrors(),
                plan.backup(),
                path -> globe.isHopeless(path, plan));
    }

    private Storage stack(Place place, Watch watch, FaultScript faults) {
        Storage innermost = new WatchedStorage(place, globe.moments, watch, globe.parts);
        Storage troubled = new InterceptedStorage(innermost, new FaultInterceptor(faults, _ -> {}));
        Storage patient = globe.setup.retries()
                ? new InterceptedStorage(troubled, new RetryInterceptor(PATIENCE, globe.clock::sleep))
                : troubled;
        return new InterceptedStorage(patient, new Eyes(place, watch, globe.moments, globe.parts));
    }

    private Scene scene(RunPlan plan, Watch watch, Watch.Kind kind, SplittableRandom random) {
        var cancel = new CancelFlag();
        Storage source = stack(watch.source, watch, plan.sourceFaults());
        Storage target = stack(watch.target, watch, plan.targetFaults());
        var watched = new WatchedMemory(globe.memory, globe.moments, globe.parts, kind, plan.memoryFailsAt());
        PairMemory memory = plan.reversed() ? new ExchangedPairMemory(watched) : watched;
        var run = new OneWayRun(
                plan.mode(),
                source,
                target,
                memory,
                plan.selection(),
                plan.options(),
                plan.backup()
                        .map(area -> new OneWayRun.Backup(
                                target,
                                RelPath.ROOT,
                                area.prefix().isEmpty()
                                        ? RelPath.ROOT
                                        : new RelPath(area.prefix()
                                                .substring(0, area.prefix().length() - 1)),
                                area.suffix())),
                plan.references() ? List.of(reference(watch, random)) : List.of(),
                Path.of(System.getProperty("java.io.tmpdir"), "skyferry-world"),
                workers,
                globe,
                event -> heard(watch, event),
                new Progress(),
                Map::of,
                cancel);
        boolean flushesEach = plan.options().transfers().flushEach()
                || (plan.mode() == Mode.MOVE && !target.capabilities().can(Verb.FLUSH));
        globe.parts.runBegins(flushesEach ? Durability.NOW : Durability.SOON);
        globe.moments.begin(meddler(plan, random), cancel, plan.crashAt(), plan.cancelAt());
        return new Scene(plan, watch, run, globe.memory);
    }

    /// A place that has some of the source's files already.
    private OneWayRun.Reference reference(Watch watch, SplittableRandom random) {
        watch.source.door.contents().keySet().forEach(path -> {
            if (random.nextBoolean() && !watch.source.hidden.contains(watch.source.pairKey(path))) {
                globe.actor.copyFrom(globe.reference, watch.source, path);
            }
        });
        return new OneWayRun.Reference(stack(globe.reference, watch, FaultScript.PEACE), random.nextBoolean());
    }

    private void heard(Watch watch, RunEvent event) {
        if (event instanceof RunEvent.Failed(RelPath path, String reason)) {
            globe.moments.together(() -> watch.failed(path, reason));
        }
    }

    private Moments.Meddler meddler(RunPlan plan, SplittableRandom random) {
        return (place, what, path) -> {
            if (plan.meddling() == 0 || random.nextInt(1000) >= plan.meddling()) {
                return;
            }
            boolean near = random.nextInt(10) < 7;
            boolean left = near ? place.equals("left") : random.nextBoolean();
            Place edited = left ? globe.left : globe.right;
            globe.actor.edit(random, edited, left ? globe.right : globe.left, Optional.of(path));
        };
    }

    private interface Doing {
        Report get();
    }

    private Ended act(Scene scene, Doing doing, SplittableRandom random) {
        Expectations before = Expectations.of(globe, scene.plan, scene.watch);
        Optional<Report> report;
        try {
            report = Optional.of(doing.get());
        } catch (SimulatedCrash crash) {
            report = Optional.empty();
        }
        long moments = globe.moments.passed();
        globe.moments.end();
        globe.moments.checkUnbroken();
        nextMemory(scene, report.isEmpty(), random);
        globe.isMemoryFresh = false;
        globe.trace.add("world", "ended", report.map(Report::toString).orElse("by a crash"));
        report.ifPresent(one -> before.check(one));
        return new Ended(report, scene.watch, moments);
    }

    /// What the next process finds.
    private void nextMemory(Scene scene, boolean crashed, SplittableRandom random) {
        if (crashed || scene.plan.memoryFailsAt() >= 0) {
            globe.memory = HeldPairMemory.of(scene.memory.afterCrash(random.nextInt(scene.memory.unsettled() + 1)));
        } else {
            globe.memory = HeldPairMemory.of(scene.memory.snapshot());
        }
        globe.pastMemories.add(globe.memory.snapshot());
    }
}
