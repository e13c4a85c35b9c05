package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.Traits;
import org.junit.jupiter.api.Test;

class SkippedTest {
    private static Report run(Rig rig) {
        Report report = rig.run(Mode.COPY);
        rig.reopenMemory();
        return report;
    }

    @Test
    void namesThatFallTogetherAreRememberedAndToldUntilTheyDoNot() {
        var rig = new Rig(Traits.DISK, Traits.DISK.naming(new Names(false, true)));
        rig.source.backdoor().put("A", "one");
        rig.source.backdoor().put("a", "another");

        assertThat(run(rig).failed()).isEqualTo(2);
        assertThat(run(rig).failed()).isEqualTo(2);
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("A")))
                .map(Skip::reason)
                .hasValueSatisfying(reason -> assertThat(reason).contains("fall together"));
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("a"))).isPresent();

        rig.source.backdoor().remove("A");
        assertThat(run(rig).verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("a"))).isEmpty();
    }

    @Test
    void fileInWhoseWaySomethingStandsIsNotReadAgainToLearnTheSame() {
        var rig = new Rig();
        rig.source.backdoor().put("x", "a file here");
        rig.target.backdoor().put("x/y", "a directory there");
        assertThat(run(rig).failed()).isEqualTo(1);
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("x"))).isPresent();

        var eyes = new FaultInterceptor(FaultScript.PEACE, _ -> {});
        Report second =
                OneWay.run(rig.runOf(Mode.COPY, rig.source, new InterceptedStorage(rig.target, eyes), rig.memory));
        rig.reopenMemory();

        assertThat(second.failed()).isEqualTo(1);
        assertThat(eyes.calls(Verb.WRITE)).isZero();
    }

    @Test
    void fileArrivesOnceTheWayIsFree() {
        var rig = new Rig();
        rig.source.backdoor().put("x", "a file here");
        rig.target.backdoor().put("x/y", "a directory there");
        run(rig);
        rig.target.backdoor().remove("x/y");
        rig.target.backdoor().remove("x");

        assertThat(run(rig).verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.target.backdoor().texts()).containsEntry("x", "a file here");
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("x"))).isEmpty();
    }

    @Test
    void fileThatChangedIsTriedAgain() {
        var rig = new Rig();
        rig.source.backdoor().put("x", "a file here");
        rig.target.backdoor().put("x/y", "a directory there");
        run(rig);
        Skip first = rig.memory.skipped(Side.LEFT, new RelPath("x")).orElseThrow();
        rig.source.backdoor().put("x", "another file here");

        assertThat(run(rig).failed()).isEqualTo(1);
        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("x")))
                .hasValueSatisfying(skip -> assertThat(skip.tag()).isNotEqualTo(first.tag()));
    }

    @Test
    void dryRunRemembersNothing() {
        var rig = new Rig(Traits.DISK, Traits.DISK.naming(new Names(false, true)));
        rig.source.backdoor().put("A", "one");
        rig.source.backdoor().put("a", "another");

        rig.plan(Mode.COPY);

        assertThat(rig.memory.skipped(Side.LEFT, new RelPath("a"))).isEmpty();
    }
}
