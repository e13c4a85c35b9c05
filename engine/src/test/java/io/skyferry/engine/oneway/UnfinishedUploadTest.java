package io.skyferry.engine.oneway;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.engine.report.Report;
import io.skyferry.engine.report.Verdict;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions.Durability;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.Traits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnfinishedUploadTest {
    private static final String CONTENT = "a content that goes over in several parts, as large ones do";

    private Rig rig = new Rig(Traits.DISK, Traits.OBJECTS.uploading(Parts.PARALLEL, 16));

    UnfinishedUploadTest() {
        begin();
    }

    private static RunOptions inParts(Durability durability) {
        return new RunOptions(
                RunOptions.DEFAULTS.comparison(),
                RunOptions.DEFAULTS.guards(),
                new RunOptions.Transfers(
                        1,
                        1,
                        2,
                        OptionalLong.empty(),
                        Optional.empty(),
                        RunOptions.Order.AS_FOUND,
                        durability == Durability.NOW,
                        false,
                        20),
                RunOptions.DEFAULTS.keeping(),
                false);
    }

    private void begin() {
        rig.options = inParts(Durability.SOON);
        rig.source.backdoor().put("a", CONTENT);
    }

    private Report run(FaultInterceptor faults) {
        Storage target = new InterceptedStorage(rig.target, faults);
        Report report = OneWay.run(rig.runOf(Mode.SYNC, rig.source, target, rig.memory));
        rig.reopenMemory();
        return report;
    }

    private static FaultInterceptor failing(Verb verb, long times, ErrorKind kind) {
        return new FaultInterceptor(FaultScript.PEACE.onFirst(times, verb, "a", new Fault.Fails(kind)), _ -> {});
    }

    private static FaultInterceptor peace() {
        return new FaultInterceptor(FaultScript.PEACE, _ -> {});
    }

    @Test
    void uploadThatCanNeverBecomeTheFileIsBegunAnew() {
        FaultInterceptor faults = failing(Verb.FINISH_UPLOAD, 1, ErrorKind.CORRUPT);

        Report report = run(faults);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(faults.calls(Verb.BEGIN_UPLOAD)).isEqualTo(2);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
        assertThat(rig.target.backdoor().unfinishedUploads()).isZero();
    }

    @Test
    void partsAreKeptAfterTroubleThatMayPass() {
        Report first = run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        assertThat(first.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(rig.target.backdoor().unfinishedUploads()).isEqualTo(1);

        FaultInterceptor later = peace();
        Report second = run(later);

        assertThat(second.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(later.calls(Verb.PUT_PART)).isZero();
        assertThat(later.calls(Verb.ABANDON_UPLOAD)).isZero();
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
    }

    /// A part that was promised, whose answer never came: what the server has of it now.
    private void leaveThere(String bytes) {
        Report report = run(failing(Verb.PUT_PART, 100, ErrorKind.UNAVAILABLE));
        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
        Unfinished left = rig.memory.unfinished().getFirst();
        assertThat(left.promises()).containsKey(1);
        rig.target.putPart(left.upload(), 1, "", BytesContent.of(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void partThatArrivedWithoutAnAnswerIsNotSentAgain() {
        leaveThere(CONTENT);

        FaultInterceptor later = peace();
        Report report = run(later);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(later.calls(Verb.BEGIN_UPLOAD)).isZero();
        assertThat(later.calls(Verb.PUT_PART)).isEqualTo(3);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
    }

    @Test
    void partThatTheServerKeptThoughItWasCutOffIsSentAgain() {
        leaveThere(CONTENT.replace('a', '\0'));

        Report report = run(peace());

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
        assertThat(rig.target.backdoor().unfinishedUploads()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"FORBIDDEN", "UNSUPPORTED", "UNEXPECTED"})
    void fileIsStoredWhereUnfinishedUploadsAreNotListed(ErrorKind refusal) {
        Report report = run(failing(Verb.LIST_UPLOADS, 100, refusal));

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
        assertThat(rig.memory.unfinished()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"FORBIDDEN", "UNSUPPORTED", "UNEXPECTED"})
    void partsThatWereAnsweredDoWhereNoneAreListed(ErrorKind refusal) {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));

        FaultInterceptor later = failing(Verb.LIST_PARTS, 100, refusal);
        Report report = run(later);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(later.calls(Verb.PUT_PART)).isZero();
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
    }

    @Test
    void uploadThatMayNotBeDroppedIsToldAndHindersNothing() {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        String newer = CONTENT.replace('a', 'A');
        rig.source.backdoor().put("a", newer);

        Report report = run(failing(Verb.ABANDON_UPLOAD, 100, ErrorKind.FORBIDDEN));

        assertThat(report.verdict()).isEqualTo(Verdict.WARNINGS);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", newer);
    }

    @Test
    void partsOfAnOlderSourceAreNotMixedWithThoseOfANewerOne() {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        String newer = CONTENT.replace('a', 'A');
        rig.source.backdoor().put("a", newer);

        Report report = run(peace());

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", newer);
        assertThat(rig.target.backdoor().unfinishedUploads()).isZero();
    }

    @Test
    void uploadWhoseSourceIsGoneIsAbandoned() {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        rig.source.backdoor().remove("a");
        rig.source.backdoor().put("b", "something else");

        run(peace());

        assertThat(rig.target.backdoor().unfinishedUploads()).isZero();
        assertThat(rig.memory.unfinished()).isEmpty();
    }

    @Test
    void uploadIsNotFinishedUnderAnOlderCondition() {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        rig.target.backdoor().put("a", "somebody else's");

        FaultInterceptor later = peace();
        Report report = run(later);

        assertThat(report.verdict()).isEqualTo(Verdict.SUCCESS);
        assertThat(later.calls(Verb.FINISH_UPLOAD)).isEqualTo(1);
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
    }

    @Test
    void partsAreKeptForAFileThatALossOfPowerTore() {
        for (int fate = 0; fate < 12; fate++) {
            rig = new Rig(Traits.DISK, Traits.DISK.uploading(Parts.PARALLEL, 16));
            begin();
            run(peace());
            rig.target.backdoor().losePower(fate);
            rig.boot = "boot after " + fate;
            boolean torn = !CONTENT.equals(rig.target.backdoor().texts().get("a"));

            Report report = run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));

            assertThat(report.verdict()).isEqualTo(torn ? Verdict.FAILED : Verdict.SUCCESS);
            assertThat(rig.target.backdoor().unfinishedUploads()).isEqualTo(torn ? 1 : 0);
        }
    }

    @Test
    void uploadThatNobodyFlushesIsNotFinishedForARunThatFlushesEach() {
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        rig.options = inParts(Durability.NOW);

        FaultInterceptor later = peace();
        run(later);

        assertThat(later.calls(Verb.BEGIN_UPLOAD)).isEqualTo(1);
        assertThat(rig.target.backdoor().isFlushed(new RelPath("a"))).isTrue();
    }

    @Test
    void uploadThatIsFlushedDoesForARunThatNeedNot() {
        rig.options = inParts(Durability.NOW);
        run(failing(Verb.FINISH_UPLOAD, 2, ErrorKind.UNAVAILABLE));
        rig.options = inParts(Durability.SOON);

        FaultInterceptor later = peace();
        run(later);

        assertThat(later.calls(Verb.BEGIN_UPLOAD)).isZero();
        assertThat(rig.target.backdoor().texts()).containsEntry("a", CONTENT);
    }
}
