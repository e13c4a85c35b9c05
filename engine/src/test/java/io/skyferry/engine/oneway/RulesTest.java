package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Rules of a run that are seldom the only thing between a file and its loss.
class RulesTest {
    private static final Instant NOON = Instant.parse("2025-05-04T12:00:00Z");

    private Rig rig = new Rig();

    private void fill(String... paths) {
        for (String path : paths) {
            rig.source.backdoor().put(path, "content of " + path);
        }
    }

    private Map<String, String> atTarget() {
        return rig.target.backdoor().texts();
    }

    private void sync() {
        rig.run(Mode.SYNC);
        rig.reopenMemory();
    }

    private static RunOptions findingRenames(int lanes) {
        return new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                RunOptions.DEFAULTS.guards(),
                new RunOptions.Transfers(
                        lanes, 1, 3, OptionalLong.empty(), Optional.empty(), RunOptions.Order.AS_FOUND, false, true),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    @Test
    void fileOfTheTargetThatSomebodyEditedIsNotTakenForARename() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        fill("b");
        sync();
        rig.source.backdoor().rename("a", "z");
        rig.target.backdoor().put(new RelPath("a"), new byte[] {7, 8, 9}, NOON);

        assertThat(rig.run(Mode.SYNC).renamed()).isZero();
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void fileThatIsLeftOutIsNotDeleted() {
        fill("b");
        rig.target.backdoor().put("a", "only here");
        rig.target.backdoor().put("old", "goes");
        rig.selection = new Without(new RelPath("a"));

        rig.run(Mode.SYNC);

        assertThat(atTarget()).containsOnlyKeys("a", "b");
    }

    @Test
    void fileThatIsLeftOutIsNotRenamedAway() {
        fill("a", "b");
        sync();
        rig.source.backdoor().rename("a", "z");
        rig.selection = new Without(new RelPath("a"));

        rig.run(Mode.SYNC);

        assertThat(atTarget()).containsEntry("a", "content of a").containsEntry("z", "content of a");
    }

    @Test
    void fileThatWasRenamedAndEditedIsNoRename() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        fill("b");
        sync();
        rig.source.backdoor().rename("a", "z");
        rig.source.backdoor().put(new RelPath("z"), new byte[] {4, 5, 6}, NOON.plusSeconds(60));

        rig.run(Mode.SYNC);

        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void memoryThatWasRolledBackFindsNoRenames() {
        fill("a", "b");
        sync();
        rig.memory = HeldPairMemory.of(rig.memory.snapshot().rolledBack("An older copy"));
        rig.source.backdoor().rename("a", "z");

        assertThat(rig.run(Mode.SYNC).renamed()).isZero();
        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void renamesDoNotCountAsDeletes() {
        for (int i = 0; i < 30; i++) {
            fill("old/" + i);
        }
        sync();
        for (int i = 0; i < 30; i++) {
            rig.source.backdoor().rename("old/" + i, "new/" + i);
        }

        Report report = rig.run(Mode.SYNC);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(report.renamed()).isEqualTo(30);
        assertThat(report.deleted()).isZero();
    }

    @Test
    void storageThatIsFullIsNotAskedAgain() {
        fill("a", "b", "c", "d");
        var full = new FaultInterceptor(
                FaultScript.PEACE.onEvery(Verb.WRITE, "**", new Fault.Fails(ErrorKind.QUOTA_EXCEEDED)), _ -> {});

        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, rig.source, new InterceptedStorage(rig.target, full), rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(full.calls(Verb.WRITE)).isEqualTo(1);
    }

    @Test
    void listingThatBreaksOffDeletesNothingNotEvenWhatItPassed() {
        rig = new Rig(Traits.DISK.paged(1), Traits.DISK);
        fill("b", "c", "d");
        sync();
        rig.target.backdoor().put("a", "only here");
        var broken = new FaultInterceptor(
                FaultScript.PEACE.onNth(3, Verb.LIST, "**", new Fault.Fails(ErrorKind.FORBIDDEN)), _ -> {});

        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, new InterceptedStorage(rig.source, broken), rig.target, rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(atTarget()).containsKeys("a", "b", "c", "d");
    }

    @Test
    void listingThatBreaksOffFindsNoRenames() {
        rig = new Rig(Traits.DRIVE, Traits.DISK);
        rig.source.backdoor().put("a/old", "the same");
        rig.target.backdoor().put("a/old", "the same");
        rig.source.backdoor().put("z", "the same");
        rig.options = findingRenames(1);
        var broken = new FaultInterceptor(
                FaultScript.PEACE.onEvery(Verb.LIST, "a", new Fault.Fails(ErrorKind.FORBIDDEN)), _ -> {});

        OneWay.run(rig.runOf(Mode.SYNC, new InterceptedStorage(rig.source, broken), rig.target, rig.memory));

        assertThat(atTarget()).containsKeys("a/old", "z");
    }

    @Test
    void listingThatLagsIsNoProofOfAbsence() {
        rig = new Rig(Traits.DISK.lagging(1_000), Traits.DISK);
        rig.source.backdoor().put("first", "listed");
        rig.source.backdoor().settle();
        rig.source.backdoor().put("a", "not listed yet");
        rig.target.backdoor().put("a", "not listed yet");
        rig.target.backdoor().put("b", "goes");

        rig.run(Mode.SYNC);

        assertThat(atTarget()).containsKey("a").doesNotContainKey("b");
    }

    @Test
    void sourceThatChangedWhileItWasReadIsLookedAtAgain() {
        fill("a");
        var changing = new FaultInterceptor(
                FaultScript.PEACE.onFirst(1, Verb.READ, "a", new Fault.Fails(ErrorKind.PRECONDITION_FAILED)), _ -> {});

        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, new InterceptedStorage(rig.source, changing), rig.target, rig.memory));

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(atTarget()).containsKey("a");
    }

    @Test
    void withoutAListingNoFileIsBroughtBesideItsOtherSpelling() {
        rig = new Rig(Traits.DISK.naming(new Names(false, true)), Traits.DISK);
        rig.source.backdoor().put("A", "the same");
        rig.target.backdoor().put("a", "an older one");
        rig.options = new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                RunOptions.DEFAULTS.guards(),
                RunOptions.DEFAULTS.transfers(),
                new RunOptions.Keeping(false, false),
                false);

        rig.run(Mode.COPY);

        assertThat(atTarget()).containsExactly(Map.entry("a", "the same"));
    }

    @Test
    void planDeletesNoFileThatTheSourceHasSince() {
        fill("a");
        rig.target.backdoor().put("old", "goes");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.source.backdoor().put("old", "back again");

        rig.apply(Mode.SYNC, steps);

        assertThat(atTarget()).containsKey("old");
    }

    @Test
    void fileThatPassedForAnotherByItsSizeAloneIsNotRemembered() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        var elsewhere = new MemoryStorage("elsewhere", Traits.DISK, rig.clock);
        elsewhere.backdoor().put(new RelPath("a"), new byte[] {7, 8, 9}, NOON.plusSeconds(60));
        rig.references.add(new OneWayRun.Reference(elsewhere, true));
        rig.options = new RunOptions(
                new RunOptions.Comparison(
                        RunOptions.By.SIZE, false, false, false, false, RunOptions.Comparison.DEFAULTS.window()),
                RunOptions.DEFAULTS.guards(),
                RunOptions.DEFAULTS.transfers(),
                RunOptions.DEFAULTS.keeping(),
                false);
        assertThat(rig.run(Mode.SYNC).copiedAtTarget()).isEqualTo(1);
        rig.reopenMemory();

        try (var rows = rig.memory.agreed()) {
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void otherPlaceIsComparedByContentWhereThatIsAskedFor() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        rig.source.backdoor().put(new RelPath("b"), new byte[] {4, 5, 6}, NOON);
        var elsewhere = new MemoryStorage("elsewhere", Traits.DISK, rig.clock);
        elsewhere.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON.plusSeconds(60));
        elsewhere.backdoor().put(new RelPath("b"), new byte[] {7, 8, 9}, NOON);
        rig.references.add(new OneWayRun.Reference(elsewhere, false));
        rig.options = new RunOptions(
                new RunOptions.Comparison(
                        RunOptions.By.CONTENT, false, false, false, false, RunOptions.Comparison.DEFAULTS.window()),
                RunOptions.DEFAULTS.guards(),
                RunOptions.DEFAULTS.transfers(),
                RunOptions.DEFAULTS.keeping(),
                false);

        rig.run(Mode.COPY);

        assertThat(atTarget()).containsOnlyKeys("b");
    }

    @Test
    void planIsRefusedWhereTheSourceHasBeenEmptiedSince() {
        fill("a");
        rig.target.backdoor().put("old", "goes only by a plan that still holds");
        rig.target.backdoor().put("a", "older");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.source.backdoor().remove("a");
        Map<String, String> before = atTarget();

        Report refused = rig.apply(Mode.SYNC, steps);

        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.refusal()).contains("--allow-empty-source");
        assertThat(atTarget()).isEqualTo(before);
    }

    @Test
    void planOfDeletesAloneIsRefusedOnAnEmptiedSourceUntilTheOptionLiftsIt() {
        fill("a");
        sync();
        rig.target.backdoor().put("old", "goes");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.source.backdoor().remove("a");

        assertThat(rig.apply(Mode.SYNC, steps).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(atTarget()).containsKey("old");
        rig.options = guardedBy(
                new RunOptions.Guards(Optional.empty(), OptionalLong.empty(), Optional.empty(), true, false, false));

        assertThat(rig.apply(Mode.SYNC, steps).verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(atTarget()).containsOnlyKeys("a");
    }

    @Test
    void planKeepsToTheNumberOfDeletesThatIsAskedForNow() {
        fill("a");
        rig.target.backdoor().put("old", "goes");
        rig.target.backdoor().put("older", "goes too");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.options = guardedBy(new RunOptions.Guards(
                Optional.of(new RunOptions.Limit.Count(1)),
                OptionalLong.empty(),
                Optional.empty(),
                false,
                false,
                false));

        assertThat(rig.apply(Mode.SYNC, steps).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(atTarget()).containsOnlyKeys("a", "old", "older");
    }

    private static RunOptions guardedBy(RunOptions.Guards guards) {
        return new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                guards,
                RunOptions.DEFAULTS.transfers(),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    @Test
    void planRenamesNoFileThatTheSourceHasAgain() {
        fill("a", "b");
        sync();
        rig.source.backdoor().rename("a", "z");
        List<Step> steps = rig.plan(Mode.SYNC);
        rig.source.backdoor().put("a", "back again");

        Report report = rig.apply(Mode.SYNC, steps);

        assertThat(report.renamed()).isZero();
        assertThat(atTarget()).containsEntry("a", "content of a");
    }

    @Test
    void guardThatSpokeHoldsBackDeletesToo() {
        fill("a");
        rig.target.backdoor().put("a", "another content");
        rig.target.backdoor().put("old", "would go");
        rig.options = new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                new RunOptions.Guards(
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(new RunOptions.Limit.Count(0)),
                        false,
                        false,
                        false),
                RunOptions.DEFAULTS.transfers(),
                RunOptions.DEFAULTS.keeping(),
                false);

        assertThat(rig.run(Mode.SYNC).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(atTarget()).containsEntry("a", "another content").containsKey("old");
    }

    @Test
    void fileThatChangedInTheSameTickOfTheClockIsReadAgain() {
        rig = new Rig(Traits.DISK.marking(), Traits.DISK);
        Instant duringTheRun = rig.clock.get().plusSeconds(10);
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, duringTheRun);
        sync();
        rig.source.backdoor().put(new RelPath("a"), new byte[] {4, 5, 6}, duringTheRun);

        rig.run(Mode.SYNC);

        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void hashThatIsRememberedSpeaksForNoFileThatWasTouched() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        rig.target.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON.plusSeconds(5));
        sync();
        rig.source.backdoor().put(new RelPath("a"), new byte[] {4, 5, 6}, NOON);

        rig.run(Mode.SYNC);

        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }

    @Test
    void renameWaitsForBothListingsWhereOnlyTheTargetFolds() {
        rig = new Rig(Traits.DISK, Traits.DISK.naming(new Names(false, true)));
        fill("b", "z");
        sync();
        rig.source.backdoor().rename("z", "a");
        rig.source.backdoor().put("Z", "another one");

        assertThat(rig.run(Mode.SYNC).renamed()).isZero();
        assertThat(atTarget()).containsEntry("a", "content of z").containsValue("another one");
    }

    @Test
    void fileThatWasTouchedIsNotTakenFromElsewhereByItsSizeAndTime() {
        rig.source.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        sync();
        var elsewhere = new MemoryStorage("elsewhere", Traits.DISK, rig.clock);
        elsewhere.backdoor().put(new RelPath("a"), new byte[] {1, 2, 3}, NOON);
        rig.references.add(new OneWayRun.Reference(elsewhere, true));
        rig.source.backdoor().put(new RelPath("a"), new byte[] {4, 5, 6}, NOON);

        rig.run(Mode.SYNC);

        assertThat(atTarget()).isEqualTo(rig.source.backdoor().texts());
    }
}
