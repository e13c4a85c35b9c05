package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.filter.Filter;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Runs about files of an age, where listings do not tell how old they are.
class AgedFilesTest {
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant NEW = Instant.parse("2026-11-20T23:00:00Z");

    private Rig rig = new Rig(Traits.OBJECTS, Traits.DISK);

    private static Filter old() {
        return FilterFlags.NONE
                .with(FilterFlag.MIN_AGE, "30d")
                .build(ZonedDateTime.parse("2026-11-21T00:00Z"), _ -> "", RandomGenerator.getDefault());
    }

    private static void put(MemoryStorage storage, String path, Instant time) {
        storage.backdoor().put(new RelPath(path), path.getBytes(StandardCharsets.UTF_8), time);
    }

    private static Storage blind(Storage storage, String glob) {
        return FaultInterceptor.over(
                storage, FaultScript.PEACE.onFirst(9, Verb.STAT, glob, new Fault.Fails(ErrorKind.FORBIDDEN)));
    }

    @Test
    void filesOfTheSourceThatAreOldEnoughGoOver() {
        put(rig.source, "old", OLD);
        put(rig.source, "new", NEW);
        rig.selection = old();

        Report report = rig.run(Mode.COPY);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("old");
    }

    @Test
    void moveTakesAwayWhatIsOldEnoughAndNothingElse() {
        put(rig.source, "old", OLD);
        put(rig.source, "new", NEW);
        rig.selection = old();

        rig.run(Mode.MOVE);

        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("old");
        assertThat(rig.source.backdoor().texts()).containsOnlyKeys("new");
    }

    @Test
    void fileOfTheTargetIsDeletedOnlyIfItIsOldEnough() {
        rig = new Rig(Traits.DISK, Traits.OBJECTS);
        put(rig.source, "kept", OLD);
        put(rig.target, "kept", OLD);
        put(rig.target, "old", OLD);
        put(rig.target, "new", NEW);
        rig.selection = old();

        Report report = rig.run(Mode.SYNC);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("kept", "new");
    }

    @Test
    void timeOfTheSourceThatCannotBeLookedUpHoldsBackDeletes() {
        rig = new Rig(Traits.OBJECTS, Traits.OBJECTS);
        put(rig.source, "blind", OLD);
        put(rig.source, "old", OLD);
        put(rig.target, "blind", OLD);
        rig.selection = old();

        Report report = OneWay.run(rig.runOf(Mode.SYNC, blind(rig.source, "blind"), rig.target, rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report.failures().getFirst().path()).isEqualTo("blind");
        assertThat(report.deleted()).isZero();
        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("blind", "old");
    }

    @Test
    void timeOfTheTargetThatCannotBeLookedUpHoldsBackDeletes() {
        rig = new Rig(Traits.DISK, Traits.OBJECTS);
        put(rig.source, "kept", OLD);
        put(rig.target, "blind", OLD);
        put(rig.target, "old", OLD);
        rig.selection = old();

        Report report = OneWay.run(rig.runOf(Mode.SYNC, rig.source, blind(rig.target, "blind"), rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report.deleted()).isZero();
        assertThat(rig.target.backdoor().texts()).containsOnlyKeys("kept", "blind", "old");
    }
}
