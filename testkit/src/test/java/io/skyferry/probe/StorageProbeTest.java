package io.skyferry.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.layers.Call;
import io.skyferry.layers.InterceptedStorage;
import io.skyferry.layers.Interceptor;
import io.skyferry.probe.Finding.Verdict;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StorageProbeTest {
    private final StorageProbe probe = new StorageProbe(new SplittableRandom(1));

    static List<Traits> places() {
        return List.of(
                Traits.DISK,
                Traits.OBJECTS,
                Traits.DRIVE,
                Traits.BARE,
                Traits.OBJECTS.lagging(4),
                Traits.OBJECTS.keepingTimes(Keeping.NOT_KEPT, Duration.ofSeconds(1)));
    }

    private static List<String> told(ProbeReport report, Verdict verdict) {
        return report.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::what)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("places")
    void storageThatDoesWhatItSaysIsRightAndLeftAsItWas(Traits place) {
        var memory = new MemoryStorage(place);
        memory.backdoor().put("belongs/to.user", "content");
        ProbeReport report = probe.run(memory);
        assertThat(report.wrong()).isEmpty();
        assertThat(told(report, Verdict.RIGHT)).contains("list", "write", "read", "delete", "clean up");
        assertThat(memory.backdoor().texts()).containsOnlyKeys("belongs/to.user");
        assertThat(memory.backdoor().unfinishedUploads()).isZero();
        assertThat(memory.backdoor().directories()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsNotOfferedIsTold() {
        assertThat(told(probe.run(new MemoryStorage(Traits.BARE)), Verdict.NOT_OFFERED))
                .containsExactly(
                        "create only where nothing is",
                        "replace only the version that was seen",
                        "upload in parts",
                        "copy inside the storage",
                        "delete only the version that was seen");
    }

    @Test
    void accountThatIsNotLetInEndsTheProbe() {
        var script = FaultScript.PEACE.onEvery(Verb.LIST, "**", new Fault.Fails(ErrorKind.UNAUTHENTICATED));
        ProbeReport report = probe.run(FaultInterceptor.over(new MemoryStorage(), script));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("check the credential"));
        assertThat(report.isRight()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"UNAVAILABLE", "TIMEOUT"})
    void serverThatDoesNotAnswerAtFirstIsAskedNothingElse(ErrorKind kind) {
        var script = FaultScript.PEACE.onEvery(Verb.LIST, "**", new Fault.Fails(kind));
        ProbeReport report = probe.run(FaultInterceptor.over(new MemoryStorage(), script));
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.words()).contains("the server does not answer; check its address"));
    }

    @Test
    void accountThatMayNotWriteIsToldSo() {
        var script = FaultScript.PEACE.onEvery(Verb.WRITE, "**", new Fault.Fails(ErrorKind.FORBIDDEN));
        ProbeReport report = probe.run(FaultInterceptor.over(new MemoryStorage(), script));
        assertThat(report.wrong()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("write");
            assertThat(finding.words()).contains("check its rights");
        });
    }

    @Test
    void accountThatMayOnlyReadIsToldWhatItIsGoodFor() {
        var memory = new MemoryStorage();
        memory.backdoor().put("theirs.txt", "content");
        var script = FaultScript.PEACE.onEvery(Verb.WRITE, "**", new Fault.Fails(ErrorKind.FORBIDDEN));
        ProbeReport report = probe.run(FaultInterceptor.over(memory, script));
        assertThat(report.findings()).extracting(Finding::what).containsExactly("list", "write", "read", "clean up");
        assertThat(report.findings().get(2).words()).contains("can be a source");
    }

    @Test
    void timesAreToldWithTheirPrecision() {
        ProbeReport report =
                probe.run(new MemoryStorage(Traits.OBJECTS.keepingTimes(Keeping.IN_METADATA, Duration.ofMillis(1))));
        assertThat(report.findings())
                .filteredOn(finding -> finding.what().equals("modification times"))
                .singleElement()
                .isEqualTo(new Finding("modification times", Verdict.RIGHT, "kept to 1 ms"));
    }

    @Test
    void conditionThatIsDeclaredButNotKeptIsFound() {
        var lying = new MemoryStorage(Traits.DISK.breakingPromises());
        assertThat(told(probe.run(lying), Verdict.WRONG))
                .containsExactly(
                        "create only where nothing is",
                        "replace only the version that was seen",
                        "delete only the version that was seen",
                        "delete");
        assertThat(lying.backdoor().contents()).isEmpty();
    }

    @Test
    void bytesThatComeBackOtherwiseAreFound() {
        Storage garbling = new InterceptedStorage(new MemoryStorage(), new Interceptor() {
            @Override
            public <R> R around(Call<R> call) {
                return call.proceed();
            }

            @Override
            public Content writing(Where where, Content content) {
                return BytesContent.of(new byte[(int) content.size().orElse(0)]);
            }
        });
        assertThat(told(probe.run(garbling), Verdict.WRONG)).contains("read");
    }

    @Test
    void nothingIsLeftWhenALookFails() {
        var memory = new MemoryStorage();
        var script = FaultScript.PEACE
                .onEvery(Verb.FINISH_UPLOAD, "**", new Fault.Fails(ErrorKind.UNAVAILABLE))
                .onEvery(Verb.MOVE, "**", new Fault.Fails(ErrorKind.FORBIDDEN))
                .onEvery(Verb.COPY, "**", new Fault.LosesReply(ErrorKind.TIMEOUT));
        ProbeReport report = probe.run(FaultInterceptor.over(memory, script));
        assertThat(told(report, Verdict.WRONG))
                .containsExactly("upload in parts", "copy inside the storage", "move inside the storage");
        assertThat(memory.backdoor().contents()).isEmpty();
        assertThat(memory.backdoor().unfinishedUploads()).isZero();
        assertThat(memory.backdoor().directories()).isEmpty();
    }
}
