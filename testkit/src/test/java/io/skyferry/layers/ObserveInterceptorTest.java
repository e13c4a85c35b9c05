package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ObserveInterceptorTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final CallListener listener = new CallListener() {
        @Override
        public void succeeded(Where where, long nanos) {
            told.add("%s %s in %s".formatted(where.verb(), where.path(), nanos));
        }

        @Override
        public void failed(Where where, long nanos, StorageException failure) {
            told.add("%s %s failed: %s".formatted(where.verb(), where.path(), failure.kind()));
        }

        @Override
        public void advanced(Where where, long more) {
            assertThat(more).isPositive();
            bytes.addAndGet(more);
        }
    };
    private final MemoryStorage memory = new MemoryStorage();

    private Storage observed(FaultScript script) {
        var retry = new RetryInterceptor(new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(1)), time -> {});
        return StorageStack.over(memory)
                .intercept(StorageStack.Place.OBSERVE, new ObserveInterceptor(listener, () -> clock.getAndAdd(5)))
                .intercept(StorageStack.Place.RETRY, retry)
                .intercept(StorageStack.Place.FAULT, new FaultInterceptor(script, time -> {}))
                .build();
    }

    private static RelPath path(String text) {
        return new RelPath(text);
    }

    @Test
    void callThatWasTriedThriceIsToldOnce() {
        Storage storage =
                observed(FaultScript.PEACE.onFirst(2, Verb.STAT, "**", new Fault.Fails(ErrorKind.UNAVAILABLE)));
        storage.stat(path("file"));
        assertThat(told).containsExactly("STAT file in 5");
    }

    @Test
    void failureIsToldWithItsKind() {
        Storage storage = observed(FaultScript.PEACE.onEvery(Verb.STAT, "**", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThatThrownBy(() -> storage.stat(path("file"))).isInstanceOf(StorageException.class);
        assertThat(told).containsExactly("STAT file failed: FORBIDDEN");
    }

    @Test
    void bytesThatAreSentAgainAreNotToldAgain() {
        Storage storage =
                observed(FaultScript.PEACE.onFirst(2, Verb.WRITE, "**", new Fault.LosesReply(ErrorKind.TIMEOUT)));
        var absent = WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent());
        storage.write(path("file"), BytesContent.of(new byte[50_000]), absent);
        assertThat(bytes).hasValue(50_000);
        assertThat(told).hasSize(1);
    }

    @Test
    void bytesThatAreReadAgainAreNotToldAgain() throws IOException {
        Entry.File file = memory.write(path("file"), BytesContent.of(new byte[50_000]), WriteOptions.PLAIN);
        Storage storage = observed(
                FaultScript.PEACE.onFirst(2, Verb.READ, "**", new Fault.CutsBody(ErrorKind.UNAVAILABLE, 7_000)));
        try (Body body = storage.read(file, new ByteRange(100, ByteRange.TO_END))) {
            assertThat(body.stream().readAllBytes()).hasSize(49_900);
        }
        assertThat(bytes).hasValue(49_900);
    }

    @Test
    void partsTellTheirOwnBytesOnly() {
        Storage storage =
                observed(FaultScript.PEACE.onFirst(1, Verb.PUT_PART, "**", new Fault.LosesReply(ErrorKind.TIMEOUT)));
        var content = BytesContent.of(new byte[2500]);
        Upload upload = storage.beginUpload(path("file"), content, WriteOptions.PLAIN);
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= upload.rules().count(); number++) {
            parts.add(storage.putPart(upload, number, "", content));
        }
        storage.finishUpload(upload, parts);
        assertThat(bytes).hasValue(2500);
    }

    /// A target that fetches bytes by itself and never opens the content.
    private static Content fetchedByTheTarget(Content inner, List<Optional<Content.Origin>> asked) {
        return new Content() {
            @Override
            public OptionalLong size() {
                return inner.size();
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                return inner.open(offset, length);
            }

            @Override
            public String fingerprint() {
                return inner.fingerprint();
            }

            @Override
            public Optional<Origin> origin() {
                Optional<Origin> origin = Optional.of(new Origin(
                        new MemoryStorage().identity(),
                        new MemoryStorage().write(new RelPath("x"), inner, WriteOptions.PLAIN)));
                asked.add(origin);
                return origin;
            }
        };
    }

    @Test
    void bytesThatTheTargetFetchedByItselfAreToldAtTheEnd() {
        List<Optional<Content.Origin>> asked = new ArrayList<>();
        Content content = fetchedByTheTarget(BytesContent.of(new byte[1234]), asked);
        var where = new Where("memory", Verb.WRITE, path("file"));
        Entry.File made = memory.write(path("file"), BytesContent.of(new byte[1234]), WriteOptions.PLAIN);
        var observe = new ObserveInterceptor(listener, () -> 0);
        observe.aroundContent(where, Call.Repetition.ANY_TIME, content, taken -> {
            assertThat(taken.origin()).isPresent();
            return made;
        });
        assertThat(asked).hasSize(1);
        assertThat(bytes).hasValue(1234);
    }

    @Test
    void bytesOfAFailedWriteAreNotMadeUp() {
        Storage storage = observed(FaultScript.PEACE.onEvery(Verb.WRITE, "**", new Fault.Fails(ErrorKind.FORBIDDEN)));
        assertThatThrownBy(() -> storage.write(path("f"), BytesContent.of("content"), WriteOptions.PLAIN))
                .isInstanceOf(StorageException.class);
        assertThat(bytes).hasValue(0);
    }
}
