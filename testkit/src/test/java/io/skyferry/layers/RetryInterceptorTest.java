package io.skyferry.layers;

import static io.skyferry.layers.Call.Repetition.ANY_TIME;
import static io.skyferry.layers.Call.Repetition.IF_NO_EFFECT;
import static io.skyferry.storage.ErrorKind.CORRUPT;
import static io.skyferry.storage.ErrorKind.NOT_FOUND;
import static io.skyferry.storage.ErrorKind.RATE_LIMITED;
import static io.skyferry.storage.ErrorKind.SOURCE_FAILED;
import static io.skyferry.storage.ErrorKind.TIMEOUT;
import static io.skyferry.storage.ErrorKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryInterceptorTest {
    private static final Where WHERE = new Where("memory:test", Verb.READ, new RelPath("a/file"));

    private final List<Duration> waits = new ArrayList<>();
    private final RetryInterceptor retry =
            new RetryInterceptor(new RetryPolicy(3, Duration.ofMillis(10), Duration.ofSeconds(2)), waits::add);

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /// A call that fails so often, then answers.
    private static Call<String> failing(Call.Repetition repetition, StorageException... failures) {
        List<StorageException> left = new ArrayList<>(Arrays.asList(failures));
        return new Call<>(WHERE, repetition, () -> {
            if (left.isEmpty()) {
                return "answer";
            }
            throw left.removeFirst();
        });
    }

    private static StorageException lost(ErrorKind kind) {
        return StorageException.unknownEffect(kind, WHERE, "Reply lost");
    }

    private static StorageException refused(ErrorKind kind) {
        return StorageException.noEffect(kind, WHERE, "Refused");
    }

    @Test
    void passingTroubleIsWaitedOut() {
        assertThat(retry.around(failing(ANY_TIME, lost(UNAVAILABLE), refused(TIMEOUT))))
                .isEqualTo("answer");
        assertThat(waits).containsExactly(millis(10), millis(20));
    }

    @Test
    void patienceEndsWithTheLastAttempt() {
        StorageException last = lost(UNAVAILABLE);
        assertThatThrownBy(() ->
                        retry.around(failing(ANY_TIME, lost(UNAVAILABLE), lost(UNAVAILABLE), last, lost(UNAVAILABLE))))
                .isSameAs(last);
        assertThat(waits).hasSize(2);
    }

    @Test
    void lastingTroubleIsNotTriedAgain() {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.retry() == ErrorKind.Retry.NEVER) {
                assertThatThrownBy(() -> retry.around(failing(ANY_TIME, refused(kind))))
                        .isInstanceOf(StorageException.class);
            }
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void callThatMayHaveHadItsEffectIsRepeatedOnlyWhereThatIsSafe() {
        assertThatThrownBy(() -> retry.around(failing(IF_NO_EFFECT, lost(UNAVAILABLE))))
                .isInstanceOf(StorageException.class);
        assertThat(waits).isEmpty();
        assertThat(retry.around(failing(IF_NO_EFFECT, refused(UNAVAILABLE)))).isEqualTo("answer");
    }

    @Test
    void waitIsAsLongAsTheStorageAsked() {
        assertThat(retry.around(failing(ANY_TIME, refused(RATE_LIMITED).retryAfter(Duration.ofSeconds(7)))))
                .isEqualTo("answer");
        assertThat(retry.around(failing(ANY_TIME, refused(RATE_LIMITED).retryAfter(Duration.ofNanos(1)))))
                .isEqualTo("answer");
        assertThat(waits).containsExactly(Duration.ofSeconds(7), millis(10));
    }

    @Test
    void storageThatAsksForTooLongAWaitHasFailed() {
        assertThatThrownBy(() ->
                        retry.around(failing(ANY_TIME, refused(RATE_LIMITED).retryAfter(Duration.ofHours(2)))))
                .isInstanceOf(StorageException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        var policy = new RetryPolicy(20, millis(10), millis(70));
        assertThat(policy.waitAfter(1)).isEqualTo(millis(10));
        assertThat(policy.waitAfter(3)).isEqualTo(millis(40));
        assertThat(policy.waitAfter(4)).isEqualTo(millis(70));
        assertThat(policy.waitAfter(19)).isEqualTo(millis(70));
    }

    @Test
    void jitterShortensWaitsAndTheListenerHearsOfThem() {
        List<Duration> told = new ArrayList<>();
        var jittered = new RetryInterceptor(
                new RetryPolicy(3, millis(10), millis(100)), waits::add, () -> 0.5, (failure, wait) -> told.add(wait));
        jittered.around(failing(ANY_TIME, lost(UNAVAILABLE), lost(UNAVAILABLE)));
        assertThat(waits).containsExactly(millis(5), millis(10));
        assertThat(told).isEqualTo(waits);
    }

    @Test
    void whoeverIsToldToStopWhileWaitingStops() {
        var stopped = new RetryInterceptor(RetryPolicy.DEFAULT, time -> {
            throw new CancelledException("waiting");
        });
        assertThatThrownBy(() -> stopped.around(failing(ANY_TIME, lost(UNAVAILABLE))))
                .isInstanceOf(CancelledException.class);
    }

    private Storage over(Storage inner, FaultScript script) {
        return new InterceptedStorage(FaultInterceptor.over(inner, script), retry);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private static byte[] read(Storage storage, Entry.File file, ByteRange range) throws IOException {
        try (Body body = storage.read(file, range)) {
            return body.stream().readAllBytes();
        }
    }

    @Test
    void brokenBodyGoesOnWhereItBroke() throws IOException {
        var memory = new MemoryStorage();
        Entry.File file = memory.write(new RelPath("file"), BytesContent.of(bytes(100_000)), WriteOptions.PLAIN);
        var counts = new RequestCounts();
        Storage troubled = FaultInterceptor.over(
                memory,
                FaultScript.PEACE
                        .onNth(1, Verb.READ, "file", new Fault.CutsBody(UNAVAILABLE, 30_000))
                        .onNth(2, Verb.READ, "file", new Fault.CutsBody(TIMEOUT, 1))
                        .onNth(3, Verb.READ, "file", new Fault.CutsBody(RATE_LIMITED, 60_000)));
        Storage storage = new InterceptedStorage(new InterceptedStorage(troubled, counts), retry);
        assertThat(read(storage, file, new ByteRange(5, 99_990)))
                .isEqualTo(Arrays.copyOfRange(bytes(100_000), 5, 99_995));
        assertThat(counts.snapshot()).containsEntry(Verb.READ, 4L);
        assertThat(waits).containsOnly(millis(10));
    }

    @Test
    void bodyThatBreaksWithoutAByteGivesUpAfterAllAttempts() {
        var memory = new MemoryStorage();
        Entry.File file = memory.write(new RelPath("file"), BytesContent.of(bytes(1000)), WriteOptions.PLAIN);
        Storage storage =
                over(memory, FaultScript.PEACE.onEvery(Verb.READ, "file", new Fault.CutsBody(UNAVAILABLE, 0)));
        assertThatThrownBy(() -> read(storage, file, ByteRange.ALL)).isInstanceOf(IOException.class);
        assertThat(waits).containsExactly(millis(10), millis(20));
    }

    @Test
    void reopeningIsTriedAgainToo() throws IOException {
        var memory = new MemoryStorage();
        Entry.File file = memory.write(new RelPath("file"), BytesContent.of(bytes(1000)), WriteOptions.PLAIN);
        Storage storage = over(
                memory,
                FaultScript.PEACE
                        .onNth(1, Verb.READ, "file", new Fault.CutsBody(UNAVAILABLE, 500))
                        .onNth(2, Verb.READ, "file", new Fault.Fails(UNAVAILABLE)));
        assertThat(read(storage, file, ByteRange.ALL)).isEqualTo(bytes(1000));
        assertThat(waits).containsExactly(millis(10), millis(20));
    }

    @Test
    void corruptBytesThatWentOutAreNotMended() {
        var memory = new MemoryStorage();
        Entry.File file = memory.write(new RelPath("file"), BytesContent.of(bytes(1000)), WriteOptions.PLAIN);
        Storage storage = over(memory, FaultScript.PEACE.onNth(1, Verb.READ, "file", new Fault.CutsBody(CORRUPT, 500)));
        assertThatThrownBy(() -> read(storage, file, ByteRange.ALL)).isInstanceOf(IOException.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void fileThatChangedIsNotReadOn() {
        var memory = new MemoryStorage();
        Entry.File file = memory.write(new RelPath("file"), BytesContent.of(bytes(1000)), WriteOptions.PLAIN);
        Storage storage =
                over(memory, FaultScript.PEACE.onNth(1, Verb.READ, "file", new Fault.CutsBody(UNAVAILABLE, 500)));
        assertThatThrownBy(() -> {
                    try (Body body = storage.read(file, ByteRange.ALL)) {
                        body.stream().readNBytes(500);
                        memory.backdoor().put("file", "another content");
                        body.stream().readAllBytes();
                    }
                })
                .isInstanceOfSatisfying(
                        IOException.class,
                        broken -> assertThat(StorageException.inStream(broken).kind())
                                .isEqualTo(ErrorKind.PRECONDITION_FAILED));
    }

    @Test
    void conditionalWriteIsRepeatedAfterALostReply() {
        var memory = new MemoryStorage(Traits.OBJECTS);
        Storage storage = over(memory, FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.LosesReply(TIMEOUT)));
        storage.write(
                new RelPath("a/file"), BytesContent.of("content"), WriteOptions.PLAIN.under(new Condition.Absent()));
        assertThat(memory.backdoor().texts()).containsEntry("a/file", "content");
        assertThat(waits).hasSize(1);
    }

    @Test
    void plainWriteIsRepeatedOnlyIfNothingHappened() {
        var memory = new MemoryStorage();
        Storage refusing = over(memory, FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.Fails(UNAVAILABLE)));
        refusing.write(new RelPath("one"), BytesContent.of("1"), WriteOptions.PLAIN);
        Storage losing = over(memory, FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.LosesReply(UNAVAILABLE)));
        assertThatThrownBy(() -> losing.write(new RelPath("two"), BytesContent.of("2"), WriteOptions.PLAIN))
                .isInstanceOf(StorageException.class);
        assertThat(memory.backdoor().texts()).containsOnlyKeys("one", "two");
    }

    @Test
    void uploadIsNeverBegunTwice() {
        var memory = new MemoryStorage();
        Storage storage =
                over(memory, FaultScript.PEACE.onNth(1, Verb.BEGIN_UPLOAD, "**", new Fault.LosesReply(UNAVAILABLE)));
        assertThatThrownBy(() -> storage.beginUpload(new RelPath("f"), BytesContent.of("x"), WriteOptions.PLAIN))
                .isInstanceOf(StorageException.class);
        assertThat(memory.backdoor().unfinishedUploads()).isEqualTo(1);
    }

    @Test
    void ofManyDeletesOnlyThoseThatFailedAreTriedAgain() {
        var tried = new ArrayList<List<String>>();
        var round = new AtomicInteger();
        List<Entry.File> files = List.of(file("a"), file("b"), file("c"), file("d"));
        List<DeleteResult> results = retry.aroundMany(WHERE, files, some -> {
            tried.add(some.stream().map(file -> file.path().text()).toList());
            int turn = round.incrementAndGet();
            return some.stream().map(file -> resultOf(file, turn)).toList();
        });
        assertThat(tried).containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"), List.of("b"));
        assertThat(results).extracting(result -> result.file().path().text()).containsExactly("a", "b", "c", "d");
        assertThat(results.get(0)).isInstanceOf(DeleteResult.Removed.class);
        assertThat(results.get(1)).isInstanceOf(DeleteResult.Refused.class);
        assertThat(results.get(2))
                .isInstanceOfSatisfying(
                        DeleteResult.Refused.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(NOT_FOUND));
        assertThat(results.get(3)).isInstanceOf(DeleteResult.Removed.class);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), millis(20));
    }

    /// `b` never goes, `c` fails for good, `d` goes at the second time of asking.
    private static DeleteResult resultOf(Entry.File file, int turn) {
        return switch (file.path().text()) {
            case "b" -> new DeleteResult.Refused(file, refused(UNAVAILABLE));
            case "c" -> new DeleteResult.Refused(file, refused(NOT_FOUND));
            case "d" ->
                turn == 1
                        ? new DeleteResult.Refused(file, refused(RATE_LIMITED).retryAfter(Duration.ofSeconds(1)))
                        : new DeleteResult.Removed(file, new Removal.Gone());
            default -> new DeleteResult.Removed(file, new Removal.Gone());
        };
    }

    private static Entry.File file(String path) {
        return new Entry.File(
                new RelPath(path),
                1,
                new ModTime.NotKept(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void failureOfTheSourceIsNotTheTargetsToRepeat() {
        assertThatThrownBy(() -> retry.around(failing(ANY_TIME, refused(SOURCE_FAILED))))
                .isInstanceOf(StorageException.class);
        assertThat(waits).isEmpty();
    }
}
