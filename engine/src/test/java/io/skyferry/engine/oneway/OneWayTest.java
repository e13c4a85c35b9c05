package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneWayTest {
    private Rig rig = new Rig();

    private void fill(String... paths) {
        for (String path : paths) {
            rig.source.backdoor().put(path, "content of " + path);
        }
    }

    private Map<String, String> atTarget() {
        return rig.target.backdoor().texts();
    }

    @Test
    void copyBringsEverythingAndDeletesNothing() {
        fill("a", "b/c", "b/d/e");
        rig.target.backdoor().put("old", "stays");

        Report report = rig.run(Mode.COPY);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(report.transferredFiles()).isEqualTo(3);
        assertThat(atTarget()).containsOnlyKeys("a", "b/c", "b/d/e", "old");
    }

    @Test
    void syncMakesTheTargetEqual() {
        fill("a", "b/c");
        rig.target.backdoor().put("old/file", "goes");

        Report report = rig.run(Mode.SYNC);

        assertThat(report.failures()).isEmpty();
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
        assertThat(rig.target.backdoor().directories())
                .extracting(Object::toString)
                .containsExactly("b");
    }

    @Test
    void whereDirectoriesCannotBeRemovedNoneIsPlanned() {
        rig = new Rig(Traits.DISK, Traits.OBJECTS);
        fill("a", "b/c");
        rig.target.backdoor().put("old/file", "goes");

        assertThat(rig.plan(Mode.SYNC))
                .filteredOn(step -> !(step instanceof Step.Transfer))
                .singleElement()
                .isInstanceOf(Step.DeleteTarget.class);
        assertThat(rig.run(Mode.SYNC).failures()).isEmpty();
        assertThat(rig.plan(Mode.SYNC)).isEmpty();
    }

    @Test
    void secondRunDoesNothing() {
        fill("a", "b/c");
        rig.run(Mode.SYNC);
        rig.reopenMemory();

        Report report = rig.run(Mode.SYNC);

        assertThat(report.transferredFiles()).isZero();
        assertThat(report.unchanged()).isEqualTo(2);
    }

    @Test
    void moveLeavesNoFileAtTheSource() {
        fill("a", "b/c");

        Report report = rig.run(Mode.MOVE);

        assertThat(report.failures()).isEmpty();
        assertThat(rig.source.backdoor().texts()).isEmpty();
        assertThat(atTarget()).containsOnlyKeys("a", "b/c");
    }

    @Test
    void renamedFileIsMovedAtTheTarget() {
        fill("a", "b/c");
        rig.run(Mode.SYNC);
        rig.reopenMemory();
        rig.source.backdoor().rename("b/c", "z/c2");

        Report report = rig.run(Mode.SYNC);

        assertThat(report.warnings()).isEmpty();
        assertThat(report.renamed()).isEqualTo(1);
        assertThat(report.transferredFiles()).isZero();
        assertThat(report.deleted()).isZero();
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void fileThatBecameADirectoryConvergesInOneRun() {
        fill("x", "y/1", "y/2", "keep1", "keep2");
        rig.run(Mode.SYNC);
        rig.reopenMemory();
        rig.source.backdoor().remove("x");
        rig.source.backdoor().remove("y/1");
        rig.source.backdoor().remove("y/2");
        rig.source.backdoor().remove("y");
        fill("x/1", "x/2", "y");

        Report report = rig.run(Mode.SYNC);

        assertThat(report.failures()).isEmpty();
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void emptySourceEmptiesNothing() {
        rig.target.backdoor().put("a", "all there is");

        Report report = rig.run(Mode.SYNC);

        assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(report.refusal()).contains("--allow-empty-source");
        assertThat(atTarget()).containsOnlyKeys("a");
    }

    @Test
    void tooManyDeletesAreHeldBackAndTransfersGoOn() {
        for (int i = 0; i < 30; i++) {
            fill("file" + i);
        }
        rig.run(Mode.SYNC);
        rig.reopenMemory();
        for (int i = 0; i < 16; i++) {
            rig.source.backdoor().remove("file" + i);
        }
        fill("new");

        Report report = rig.run(Mode.SYNC);

        assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(report.refusal()).contains("16 of 30", "--max-delete 16");
        assertThat(report.deleted()).isZero();
        assertThat(atTarget()).hasSize(31);
    }

    @Test
    void planIsDoneAsItWasTold() {
        fill("a", "b/c");
        rig.target.backdoor().put("old", "goes");

        List<Step> steps = rig.plan(Mode.SYNC);
        assertThat(atTarget()).containsOnlyKeys("old");
        assertThat(steps).hasSize(3);
        Report report = rig.apply(Mode.SYNC, steps);

        assertThat(report.failures()).isEmpty();
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void planRefusesWhatChangedSince() {
        fill("a", "b");
        rig.target.backdoor().put("old", "goes");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.source.backdoor().put("a", "edited since");
        rig.target.backdoor().put("b", "made since by another");

        Report report = rig.apply(Mode.SYNC, steps);

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(atTarget()).containsEntry("b", "made since by another").containsKey("old");
    }

    @Test
    void planOfAFileThatWasWrittenTheMomentBeforeIsDoneOnce() {
        byte[] content = "new".getBytes(StandardCharsets.UTF_8);
        Instant momentOfTheRun = rig.clock.get().plusSeconds(20);
        rig.source.backdoor().put(new RelPath("a"), content, momentOfTheRun);
        List<Step> steps = rig.plan(Mode.COPY);
        assertThat(rig.apply(Mode.COPY, steps).transferredFiles()).isEqualTo(1);
        assertThat(rig.clock.get()).isEqualTo(momentOfTheRun);

        Report again = rig.apply(Mode.COPY, steps);

        assertThat(again.transferredFiles()).isZero();
        assertThat(again.unchanged()).isEqualTo(1);
    }
}
