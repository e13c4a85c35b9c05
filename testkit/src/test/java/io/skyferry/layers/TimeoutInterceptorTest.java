package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimeoutInterceptorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Where WHERE = new Where("memory:test", Verb.STAT, new RelPath("file"));

    private final FakeClock clock = new FakeClock();
    private final Watchdog watchdog = new Watchdog(clock::nanos);
    private final TimeoutInterceptor timeout = new TimeoutInterceptor(PATIENCE, watchdog);

    enum Kind {
        PLATFORM,
        VIRTUAL;

        ExecutorService executor() {
            return switch (this) {
                case PLATFORM -> Executors.newSingleThreadExecutor();
                case VIRTUAL -> Executors.newVirtualThreadPerTaskExecutor();
            };
        }
    }

    private void passTime(Duration time) {
        clock.advance(time);
        watchdog.look();
    }

    /// A call that waits until it is interrupted.
    private static String hang(CountDownLatch begun) {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            var stop = new CancelledException("hanging");
            stop.initCause(told);
            throw stop;
        }
    }

    @ParameterizedTest
    @EnumSource
    void callThatHangsIsATimeout(Kind kind) throws InterruptedException, ExecutionException {
        var begun = new CountDownLatch(1);
        try (var executor = kind.executor()) {
            var outcome = executor.submit(() -> {
                try {
                    return timeout.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> hang(begun)));
                } catch (StorageException failure) {
                    return "%s %s interrupted=%s"
                            .formatted(
                                    failure.kind(),
                                    failure.effect(),
                                    Thread.currentThread().isInterrupted());
                }
            });
            begun.await();
            passTime(PATIENCE);
            assertThat(outcome.isDone()).isFalse();
            passTime(Duration.ofSeconds(1));
            assertThat(outcome.get()).isEqualTo("TIMEOUT UNKNOWN interrupted=false");
        }
        assertThat(watchdog.watched()).isZero();
    }

    @Test
    void callThatIsCancelledIsNoTimeout() throws InterruptedException, ExecutionException {
        var begun = new CountDownLatch(1);
        try (var executor = Executors.newSingleThreadExecutor()) {
            var outcome = executor.submit(() -> {
                try {
                    return timeout.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> hang(begun)));
                } catch (CancelledException stopped) {
                    return "cancelled, interrupted=" + Thread.currentThread().isInterrupted();
                }
            });
            begun.await();
            executor.shutdownNow();
            assertThat(outcome.get()).isEqualTo("cancelled, interrupted=true");
        }
        assertThat(watchdog.watched()).isZero();
    }

    @Test
    void callThatEndsJustThenLeavesNoFlagBehind() {
        String answer = timeout.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> {
            passTime(PATIENCE.plusSeconds(1));
            return "answer";
        }));
        assertThat(answer).isEqualTo("answer");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void slowSourceIsNotTheTargetsFault() {
        var storage = new InterceptedStorage(new MemoryStorage(), timeout);
        Content slow = new SlowContent(BytesContent.of("slow but sure"), () -> passTime(PATIENCE.multipliedBy(10)));
        storage.write(new RelPath("file"), slow, WriteOptions.PLAIN);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(watchdog.watched()).isZero();
    }

    @Test
    void longWriteWithProgressIsNoTimeout() {
        Content content = BytesContent.of(new byte[100]);
        var struck = new AtomicBoolean();
        timeout.aroundContent(WHERE, Call.Repetition.ANY_TIME, content, taken -> {
            try (InputStream in = taken.open(0, 100)) {
                for (int i = 0; i < 100; i++) {
                    in.read();
                    passTime(PATIENCE.minusSeconds(1));
                    struck.compareAndSet(false, Thread.currentThread().isInterrupted());
                }
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
            return "done";
        });
        assertThat(struck).isFalse();
    }

    @Test
    void targetThatHangsAfterTheLastByteIsATimeout() {
        Content content = BytesContent.of("content");
        assertThatThrownBy(() -> timeout.aroundContent(WHERE, Call.Repetition.ANY_TIME, content, taken -> {
                    passTime(PATIENCE.plusSeconds(1));
                    return hang(new CountDownLatch(1));
                }))
                .satisfies(Failures.ofKind(ErrorKind.TIMEOUT));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void bodyThatStopsFlowingIsATimeout() throws IOException {
        Entry.File file = new MemoryStorage().write(new RelPath("f"), BytesContent.of("content"), WriteOptions.PLAIN);
        var closed = new CountDownLatch(1);
        var stuck = new InputStream() {
            private int left = 3;

            @Override
            public int read() {
                throw new IllegalStateException("Nobody reads single bytes");
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (length == 0 || left-- > 0) {
                    return Math.min(length, 1);
                }
                passTime(PATIENCE.plusSeconds(1));
                hang(new CountDownLatch(1));
                return -1;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        var read = new ReadCall(WHERE, ByteRange.ALL, range -> {
            throw new IllegalStateException("Nobody asked to open it again");
        });
        try (Body body = timeout.reading(read, new Body(file, stuck))) {
            clock.advance(Duration.ofHours(1));
            assertThat(body.stream().readNBytes(1)).hasSize(1);
            clock.advance(Duration.ofHours(1));
            watchdog.look();
            assertThatThrownBy(() -> body.stream().readAllBytes())
                    .isInstanceOfSatisfying(
                            IOException.class,
                            broken -> assertThat(
                                            StorageException.inStream(broken).kind())
                                    .isEqualTo(ErrorKind.TIMEOUT));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(closed.getCount()).isZero();
        assertThat(watchdog.watched()).isZero();
    }

    @Test
    void watchdogThreadLooks() throws InterruptedException {
        var looked = new CountDownLatch(3);
        var counting = new Watchdog(() -> {
            looked.countDown();
            return 0;
        });
        try (var thread = new WatchdogThread(counting, Duration.ofMillis(1))) {
            looked.await();
            assertThat(thread).isNotNull();
        }
    }

    private record SlowContent(Content inner, Runnable slowness) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            slowness.run();
            var opened = inner.open(offset, length);
            return new FilterInputStream(opened) {
                @Override
                public int read(byte[] to, int offset, int length) throws IOException {
                    slowness.run();
                    return super.read(to, offset, length);
                }
            };
        }

        @Override
        public String fingerprint() {
            return inner.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return inner.origin();
        }
    }
}
