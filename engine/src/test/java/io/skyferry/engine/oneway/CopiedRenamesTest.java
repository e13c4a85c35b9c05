package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Renames where the target cannot move, but copies what it has.
class CopiedRenamesTest {
    private static final Instant NOON = Instant.parse("2025-05-04T12:00:00Z");

    private final Rig rig = new Rig(Traits.DISK, Traits.OBJECTS);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 30; i++) {
            rig.source.backdoor().put("old/" + i, "content of " + i);
        }
        rig.source.backdoor().put("stays", "stays");
        sync(FaultScript.PEACE);
    }

    private Report sync(FaultScript atTarget) {
        var troubled = new InterceptedStorage(rig.target, new FaultInterceptor(atTarget, _ -> {}));
        Report report = OneWay.run(rig.runOf(Mode.SYNC, rig.source, troubled, rig.memory));
        rig.reopenMemory();
        return report;
    }

    private void rename() {
        for (int i = 0; i < 30; i++) {
            rig.source.backdoor().rename("old/" + i, "new/" + i);
        }
    }

    private Map<String, String> atTarget() {
        return rig.target.backdoor().texts();
    }

    private Map<String, String> atSource() {
        return rig.source.backdoor().texts();
    }

    private static RunOptions with(RunOptions.Guards guards, boolean findRenames) {
        return new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                guards,
                new RunOptions.Transfers(
                        4, 1, 3, OptionalLong.empty(), Optional.empty(), RunOptions.Order.AS_FOUND, false, findRenames),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    @Test
    void renamedFilesAreCopiedThereAndCountAsRenamesAlone() {
        rename();

        Report report = sync(FaultScript.PEACE);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(report.renamed()).isEqualTo(30);
        assertThat(report.transferredFiles() + report.deleted()).isZero();
        assertThat(atTarget()).isEqualTo(atSource());
        assertThat(rig.plan(Mode.SYNC)).isEmpty();
    }

    @Test
    void oldFilesStayAsLongAsDeletesAreHeldBackAndGoNextTime() {
        rename();
        rig.source.backdoor().put("further", "cannot be stored");

        Report report = sync(FaultScript.PEACE.onEvery(Verb.WRITE, "further", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(report.renamed()).isEqualTo(30);
        assertThat(report.warnings()).containsExactly("30 deletes were held back, as something failed");
        assertThat(atTarget()).containsKeys("old/7", "new/7");

        Report next = sync(FaultScript.PEACE);
        assertThat(next.deleted()).isEqualTo(30);
        assertThat(next.transferredFiles()).isEqualTo(1);
        assertThat(atTarget()).isEqualTo(atSource());
    }

    @Test
    void oldFileThatSomebodyEditedSinceIsNotDeleted() {
        rename();
        var edits = new InterceptedStorage(
                rig.target,
                new EditBefore(rig.target, where -> where.verb() == Verb.DELETE_ALL, new RelPath("old/3"), "edited"));

        Report report = OneWay.run(rig.runOf(Mode.SYNC, rig.source, edits, rig.memory));

        assertThat(report.failed()).isEqualTo(1);
        assertThat(atTarget()).containsEntry("old/3", "edited").containsEntry("new/3", "content of 3");
    }

    @Test
    void fileThatSomebodyPutWhereARenameGoesIsNotReplaced() {
        rename();
        var path = new RelPath("new/3");
        var edits = new InterceptedStorage(
                rig.target, new EditBefore(rig.target, where -> where.path().equals(path), path, "edited"));

        Report report = OneWay.run(rig.runOf(Mode.SYNC, rig.source, edits, rig.memory));

        assertThat(report.failed()).isEqualTo(1);
        assertThat(atTarget()).containsEntry("new/3", "edited").containsKey("old/3");
    }

    @Test
    void whereOnlyItsTimeTellsAFileFromAnotherTheOneThatWasCopiedGoes() {
        var versionless = new Rig(Traits.DISK, Traits.OBJECTS.marking());
        versionless.source.backdoor().put("stays", "stays");
        versionless.source.backdoor().put("old", "before");
        versionless.run(Mode.SYNC);
        versionless.reopenMemory();
        versionless.source.backdoor().rename("old", "new");
        var edits = new InterceptedStorage(
                versionless.target,
                new EditBefore(versionless.target, where -> where.verb() == Verb.DELETE, new RelPath("old"), "edited"));

        Report report = OneWay.run(versionless.runOf(Mode.SYNC, versionless.source, edits, versionless.memory));

        assertThat(report.renamed()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(versionless.target.backdoor().texts())
                .containsEntry("old", "edited")
                .containsEntry("new", "before");
    }

    @Test
    void whatCannotBeCopiedIsTransferredAndWhereNothingCanBeOneFileIsTried() {
        rename();
        var calls = new FaultInterceptor(
                FaultScript.PEACE.onEvery(Verb.COPY, "**", new Fault.Fails(ErrorKind.UNSUPPORTED)), _ -> {});

        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, rig.source, new InterceptedStorage(rig.target, calls), rig.memory));

        assertThat(report.renamed()).isZero();
        assertThat(report.transferredFiles()).isEqualTo(30);
        assertThat(calls.calls(Verb.COPY)).isEqualTo(1);
        assertThat(atTarget()).containsAllEntriesOf(atSource());
    }

    @Test
    void planTellsRenamesAloneAndDoesThemWhole() {
        rename();
        List<Step> plan = rig.plan(Mode.SYNC);
        assertThat(plan).hasSize(30).allMatch(Step.Rename.class::isInstance);

        rig.options = with(
                new RunOptions.Guards(
                        Optional.of(new Limit.Count(0)), OptionalLong.of(0), Optional.empty(), false, false, false),
                false);
        Report report = rig.apply(Mode.SYNC, plan);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(report.renamed()).isEqualTo(30);
        assertThat(report.deleted()).isZero();
        assertThat(atTarget()).isEqualTo(atSource());
    }

    @Test
    void planWhoseCopiesWereMadeAlreadyStillDeletesWhatIsOld() {
        rename();
        List<Step> plan = rig.plan(Mode.SYNC);
        rig.source.backdoor().put("further", "cannot be stored");
        sync(FaultScript.PEACE.onEvery(Verb.WRITE, "further", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThat(atTarget()).hasSize(61);

        Report report = rig.apply(Mode.SYNC, plan);

        assertThat(report.failures()).isEmpty();
        assertThat(atTarget()).hasSize(31).containsKey("new/7").doesNotContainKey("old/7");
    }

    @Test
    void whatWasRenamedIsNotKeptAside() {
        rename();
        rig.source.backdoor().remove("stays");
        rig.backup = Optional.of(new OneWayRun.Backup(rig.target, RelPath.ROOT, RelPath.ROOT, ".bak"));

        sync(FaultScript.PEACE);

        assertThat(atTarget()).hasSize(31).containsKeys("stays.bak", "new/7");
    }

    @Test
    void renameThatNoMemoryKnowsIsFoundByTheChecksumsThatTheTargetKeeps() {
        rename();
        rig.source.backdoor().put(new RelPath("new/7"), "content of 7".getBytes(StandardCharsets.UTF_8), NOON);
        rig.memory = new HeldPairMemory();
        rig.options = with(
                new RunOptions.Guards(
                        Optional.of(new Limit.Share(100, 0)),
                        OptionalLong.empty(),
                        Optional.empty(),
                        false,
                        false,
                        false),
                true);
        var calls = new FaultInterceptor(FaultScript.PEACE, _ -> {});

        Report report =
                OneWay.run(rig.runOf(Mode.SYNC, rig.source, new InterceptedStorage(rig.target, calls), rig.memory));

        assertThat(report.renamed()).isEqualTo(30);
        assertThat(report.transferredFiles()).isZero();
        assertThat(calls.calls(Verb.READ)).isZero();
        assertThat(rig.target.backdoor().modTime(new RelPath("new/7"))).isEqualTo(Optional.of(NOON));
        assertThat(atTarget()).isEqualTo(atSource());
    }
}
