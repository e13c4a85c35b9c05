package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Changes of a time alone, where the target's listing does not tell times.
class TimesTest {
    private static final RelPath A = new RelPath("a");
    private static final Instant NOON = Instant.parse("2025-05-04T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final Rig rig = new Rig(Traits.DISK, Traits.OBJECTS);
    private final FaultInterceptor calls = new FaultInterceptor(FaultScript.PEACE, _ -> {});

    @BeforeEach
    void fill() {
        rig.source.backdoor().put(A, new byte[] {1, 2, 3}, NOON);
        rig.run(Mode.SYNC);
        rig.reopenMemory();
    }

    private Report sync() {
        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, rig.source, new InterceptedStorage(rig.target, calls), rig.memory));
        rig.reopenMemory();
        return report;
    }

    private void touch(Instant time) {
        rig.source.backdoor().put(A, new byte[] {1, 2, 3}, time);
    }

    private static RunOptions comparing(RunOptions.Comparison comparison) {
        return new RunOptions(
                comparison,
                RunOptions.DEFAULTS.guards(),
                RunOptions.DEFAULTS.transfers(),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    @Test
    void timeIsSetThoughTheMemoryKnowsTheContent() {
        touch(LATER);

        assertThat(rig.plan(Mode.SYNC)).singleElement().isInstanceOf(Step.SetTime.class);
        assertThat(sync().transferredFiles()).isZero();
        assertThat(rig.target.backdoor().modTime(A)).isEqualTo(Optional.of(LATER));
        assertThat(calls.calls(Verb.SET_MOD_TIME)).isEqualTo(1);
    }

    @Test
    void timeThatWasSetCostsNothingFurther() {
        touch(LATER);
        sync();
        long looks = calls.calls(Verb.STAT);
        sync();

        assertThat(calls.calls(Verb.STAT) - looks)
                .as("looks beside that at the root")
                .isLessThanOrEqualTo(1);
        assertThat(calls.calls(Verb.SET_MOD_TIME)).isEqualTo(1);
    }

    @Test
    void runThatHeedsNoTimesLeavesThemToTheNext() {
        touch(LATER);
        rig.options = comparing(new RunOptions.Comparison(
                RunOptions.By.CONTENT, false, false, false, false, RunOptions.Comparison.DEFAULTS.window()));
        sync();
        assertThat(rig.target.backdoor().modTime(A)).isEqualTo(Optional.of(NOON));

        rig.options = RunOptions.DEFAULTS;
        sync();
        assertThat(rig.target.backdoor().modTime(A)).isEqualTo(Optional.of(LATER));
    }

    @Test
    void targetThatKeepsNoTimesIsNotAskedForThem() {
        var timeless =
                new Rig(Traits.DISK, Traits.OBJECTS.keepingTimes(Capabilities.Keeping.NOT_KEPT, Duration.ofNanos(1)));
        timeless.source.backdoor().put(A, new byte[] {1, 2, 3}, NOON);
        timeless.run(Mode.SYNC);
        timeless.source.backdoor().put(A, new byte[] {1, 2, 3}, LATER);

        assertThat(timeless.plan(Mode.SYNC)).isEmpty();
        assertThat(timeless.run(Mode.SYNC).unchanged()).isEqualTo(1);
    }

    @Test
    void targetThatBecameAnotherBeforeItsTimeWasAskedForIsNotTakenForTheSame() {
        touch(LATER);
        var edits = new InterceptedStorage(
                rig.target, new EditBefore(rig.target, where -> where.path().equals(A), A, "new"));

        assertThat(OneWay.run(rig.runOf(Mode.SYNC, rig.source, edits, rig.memory))
                        .failed())
                .isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", "new");
    }
}
