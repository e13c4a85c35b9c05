package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Where WHERE = new Where("memory:test", Verb.STAT, new RelPath("file"));

    private final FakeClock clock = new FakeClock();
    private final Pace pace = new Pace(16, clock::nanos, clock::sleep);
    private final PaceInterceptor interceptor = new PaceInterceptor(pace);

    private static StorageException failure(ErrorKind kind) {
        return StorageException.noEffect(kind, WHERE, "Not now");
    }

    private void fail(StorageException failure) {
        assertThatThrownBy(() -> interceptor.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    private void succeed() {
        assertThat(interceptor.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> "answer")))
                .isEqualTo("answer");
    }

    @Test
    void complaintsHalveAndAnswersRaise() {
        assertThat(pace.allowed()).isEqualTo(16);
        fail(failure(ErrorKind.RATE_LIMITED));
        assertThat(pace.allowed()).isEqualTo(8);
        fail(failure(ErrorKind.UNAVAILABLE));
        assertThat(pace.allowed()).isEqualTo(4);
        for (int i = 0; i < 5; i++) {
            succeed();
        }
        assertThat(pace.allowed()).isEqualTo(5);
        for (int i = 0; i < 300; i++) {
            succeed();
        }
        assertThat(pace.allowed()).isEqualTo(16);
    }

    @Test
    void oneCallIsAlwaysAllowed() {
        for (int i = 0; i < 20; i++) {
            fail(failure(ErrorKind.RATE_LIMITED));
        }
        assertThat(pace.allowed()).isEqualTo(1);
        succeed();
    }

    @Test
    void failuresOfOtherKindsChangeNothing() {
        fail(failure(ErrorKind.NOT_FOUND));
        fail(failure(ErrorKind.TIMEOUT));
        assertThat(pace.allowed()).isEqualTo(16);
    }

    @Test
    void manyCallsThatWereUnderWayTogetherHalveOnce() {
        long begun = pace.begin();
        for (int i = 0; i < 10; i++) {
            pace.complained(begun, failure(ErrorKind.RATE_LIMITED));
        }
        assertThat(pace.allowed()).isEqualTo(8);
    }

    @Test
    void everybodyWaitsAsLongAsTheAccountAsked() {
        fail(failure(ErrorKind.RATE_LIMITED).retryAfter(Duration.ofSeconds(3)));
        succeed();
        succeed();
        assertThat(clock.waits()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void nobodyWaitsLongerThanAMinuteForAnAnswerToAnother() {
        fail(failure(ErrorKind.RATE_LIMITED).retryAfter(Duration.ofDays(1)));
        succeed();
        assertThat(clock.waits()).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void writesThatReadFromTheSameAccountDoNotBlockEachOther() throws InterruptedException {
        var narrow = new PaceInterceptor(new Pace(1, clock::nanos, clock::sleep));
        var done = new AtomicInteger();
        var all = new CountDownLatch(4);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                executor.execute(() -> narrow.around(call(Verb.WRITE, () -> {
                    narrow.around(call(Verb.READ, done::incrementAndGet));
                    all.countDown();
                })));
            }
            all.await();
        }
        assertThat(done).hasValue(4);
    }

    private static Call<Boolean> call(Verb verb, Runnable step) {
        return new Call<>(new Where("memory", verb, new RelPath("f")), Call.Repetition.ANY_TIME, () -> {
            step.run();
            return true;
        });
    }
}
