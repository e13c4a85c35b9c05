package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.layers.InterceptedStorage;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultInterceptorTest {
    private final MemoryStorage memory = new MemoryStorage();
    private final List<Duration> delays = new ArrayList<>();

    private Storage playing(FaultScript script) {
        return new InterceptedStorage(memory, new FaultInterceptor(script, delays::add));
    }

    private static Entry.File write(Storage storage, String path) {
        return storage.write(new RelPath(path), BytesContent.of("content of " + path), WriteOptions.PLAIN);
    }

    private static StorageException failureOf(Runnable call) {
        try {
            call.run();
            throw new AssertionError("It did not fail");
        } catch (StorageException failure) {
            return failure;
        }
    }

    @Test
    void nthMatchingCallFailsWithoutEffect() {
        Storage storage =
                playing(FaultScript.PEACE.onNth(2, Verb.WRITE, "a/*", new Fault.Fails(ErrorKind.UNAVAILABLE)));
        write(storage, "a/1");
        write(storage, "b/1");
        StorageException failure = failureOf(() -> write(storage, "a/2"));
        write(storage, "a/3");
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(memory.backdoor().texts()).containsOnlyKeys("a/1", "b/1", "a/3");
    }

    @Test
    void lostReplyMeansThatTheWorkWasDone() {
        Storage storage =
                playing(FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.LosesReply(ErrorKind.TIMEOUT)));
        assertThat(failureOf(() -> write(storage, "a/1")).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(memory.backdoor().texts()).containsOnlyKeys("a/1");
    }

    @Test
    void bodyIsCutWhereTheScriptSays() throws IOException {
        Entry.File file = write(memory, "file");
        Storage storage =
                playing(FaultScript.PEACE.onNth(1, Verb.READ, "file", new Fault.CutsBody(ErrorKind.UNAVAILABLE, 5)));
        try (Body body = storage.read(file, ByteRange.ALL)) {
            assertThat(body.stream().readNBytes(5)).hasSize(5);
            assertThatThrownBy(() -> body.stream().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void delayWaitsThroughTheSleeper() {
        Storage storage = playing(FaultScript.PEACE.onEvery(Verb.STAT, "**", new Fault.Delays(Duration.ofSeconds(9))));
        storage.stat(new RelPath("file"));
        assertThat(delays).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void nothingWorksAfterACrashUntilTheNextLife() {
        var faults = new FaultInterceptor(FaultScript.PEACE.onNthEffect(2, new Fault.CrashesAfter()), delays::add);
        Storage storage = new InterceptedStorage(memory, faults);
        write(storage, "1");
        assertThatThrownBy(() -> write(storage, "2")).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> storage.stat(new RelPath("1"))).isInstanceOf(SimulatedCrash.class);
        faults.revive();
        assertThat(storage.stat(new RelPath("2"))).isPresent();
        assertThat(faults.effects()).isEqualTo(2);
    }

    @Test
    void crashBeforeAndWithinLeavesNothing() {
        Storage before = playing(FaultScript.PEACE.onNthEffect(1, new Fault.CrashesBefore()));
        assertThatThrownBy(() -> write(before, "1")).isInstanceOf(SimulatedCrash.class);
        Storage within = playing(FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.CrashesWithin(3)));
        assertThatThrownBy(() -> write(within, "2")).isInstanceOf(SimulatedCrash.class);
        assertThat(memory.backdoor().texts()).isEmpty();
    }

    @Test
    void diceFallTheSameForTheSameSeed() {
        assertThat(troubles(7)).isEqualTo(troubles(7)).isNotEmpty().isNotEqualTo(troubles(8));
    }

    private List<String> troubles(long seed) {
        var faults =
                new FaultInterceptor(FaultScript.PEACE.withDice(seed, 300, 2, FaultScript.Trouble.ANY), delays::add);
        Storage storage = new InterceptedStorage(new MemoryStorage(), faults);
        for (int i = 0; i < 60; i++) {
            try {
                write(storage, "f" + i % 10);
            } catch (StorageException expected) {
                assertThat(expected.kind().retry()).isEqualTo(ErrorKind.Retry.WITH_BACKOFF);
            }
        }
        return faults.happened();
    }

    @Test
    void mercyEndsRandomTrouble() {
        Storage storage = playing(FaultScript.PEACE.withDice(1, 1000, 3, FaultScript.Trouble.ANY));
        for (int i = 0; i < 3; i++) {
            failureOf(() -> storage.stat(new RelPath("file")));
        }
        assertThat(storage.stat(new RelPath("file"))).isEmpty();
    }

    @Test
    void globsStayInsideSegments() {
        assertThat(FaultScript.globMatches("a/*", new RelPath("a/b"))).isTrue();
        assertThat(FaultScript.globMatches("a/*", new RelPath("a/b/c"))).isFalse();
        assertThat(FaultScript.globMatches("a/**", new RelPath("a/b/c"))).isTrue();
        assertThat(FaultScript.globMatches("**/c", new RelPath("a/b/c"))).isTrue();
        assertThat(FaultScript.globMatches("*.txt", new RelPath("a.txt"))).isTrue();
        assertThat(FaultScript.globMatches("a", new RelPath("ab"))).isFalse();
        assertThat(FaultScript.globMatches("**", RelPath.ROOT)).isTrue();
    }
}
