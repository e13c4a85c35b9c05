package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.Fault;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthGateTest {
    private static final long KIB = 1024;

    private final FakeClock clock = new FakeClock();
    private final AtomicLong rate = new AtomicLong(100 * KIB);
    private final BandwidthGate gate = new BandwidthGate(rate::get, clock::nanos, clock::sleep);

    private double seconds() {
        return clock.nanos() / 1e9;
    }

    @ParameterizedTest
    @ValueSource(longs = {64 * KIB, 1_000_000, 100 * KIB * KIB})
    void rateIsKeptOverTenSeconds(long bytesPerSecond) {
        rate.set(bytesPerSecond);
        long passed = 0;
        while (seconds() < 10) {
            gate.pass(gate.step());
            passed += gate.step();
        }
        assertThat(passed / seconds()).isCloseTo((double) bytesPerSecond, withPercentage(5));
    }

    @Test
    void noLimitMeansNoWait() {
        rate.set(BandwidthGate.UNLIMITED);
        gate.pass(1L << 40);
        assertThat(clock.waits()).isEmpty();
        assertThat(gate.isLimited()).isFalse();
    }

    @Test
    void idleTimeSavesUpAFifthOfASecondOnly() {
        gate.pass(1);
        clock.advance(Duration.ofHours(1));
        double begun = seconds();
        for (int i = 0; i < 100; i++) {
            gate.pass(KIB);
        }
        assertThat(seconds() - begun).isBetween(0.78, 0.81);
    }

    @Test
    void changeIsFeltWithinASecond() {
        rate.set(10 * KIB);
        gate.pass(gate.step());
        rate.set(1000 * KIB);
        double begun = seconds();
        long passed = 0;
        while (passed < 1000 * KIB) {
            gate.pass(gate.step());
            passed += gate.step();
        }
        assertThat(seconds() - begun).isBetween(0.8, 1.2);
    }

    @Test
    void nothingPassesAtRateZeroUntilItRises() {
        rate.set(0);
        var slept = new AtomicLong();
        var closed = new BandwidthGate(rate::get, clock::nanos, time -> {
            clock.sleep(time);
            if (slept.incrementAndGet() == 50) {
                rate.set(KIB);
            }
        });
        closed.pass(10);
        assertThat(slept).hasValueGreaterThanOrEqualTo(50);
        assertThat(clock.waits()).allMatch(wait -> wait.compareTo(Duration.ofMillis(100)) <= 0);
    }

    @Test
    void liftingTheLimitEndsTheWait() {
        rate.set(1);
        var lifting = new BandwidthGate(rate::get, clock::nanos, time -> {
            clock.sleep(time);
            rate.set(BandwidthGate.UNLIMITED);
        });
        lifting.pass(1000);
        lifting.pass(1000);
        assertThat(seconds()).isLessThan(0.2);
    }

    @Test
    void whoeverIsToldToStopLetsTheNextOneIn() {
        var stopping = new AtomicLong(1);
        var interrupted = new BandwidthGate(rate::get, clock::nanos, time -> {
            if (stopping.getAndDecrement() > 0) {
                throw new CancelledException("waiting");
            }
            clock.sleep(time);
        });
        assertThatThrownBy(() -> interrupted.pass(KIB)).isInstanceOf(CancelledException.class);
        interrupted.pass(KIB);
        assertThat(seconds()).isPositive();
    }

    @Test
    void streamsThatPassTogetherHaveEqualShares() throws InterruptedException {
        int streams = 8;
        var alive = new AtomicInteger(streams);
        var itself = new AtomicReference<BandwidthGate>();
        var shared = new BandwidthGate(rate::get, clock::nanos, time -> {
            while (itself.get().waiting() < alive.get() - 1) {
                Thread.onSpinWait();
            }
            clock.sleep(time);
        });
        itself.set(shared);
        var passed = new AtomicLongArray(streams);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> {
                while (seconds() < 2) {
                    shared.pass(shared.step());
                    passed.addAndGet(number, shared.step());
                }
                alive.decrementAndGet();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] shares = new long[streams];
        Arrays.setAll(shares, passed::get);
        Arrays.sort(shares);
        assertThat((double) shares[0]).isGreaterThan(0.95 * shares[streams - 1]);
        assertThat(Arrays.stream(shares).sum() / 2.0).isCloseTo((double) rate.get(), withPercentage(5));
    }

    @Test
    void partiesHaveEqualSharesHoweverManyStreamsTheyHave() throws InterruptedException {
        int streams = 8;
        var alive = new AtomicInteger(streams);
        var itself = new AtomicReference<BandwidthGate>();
        var shared = new BandwidthGate(rate::get, clock::nanos, time -> {
            while (alive.get() == streams && itself.get().waiting() < 1) {
                Thread.onSpinWait();
            }
            clock.sleep(time);
        });
        itself.set(shared);
        BandwidthGate many = shared.forParty();
        BandwidthGate single = shared.forParty();
        var ofMany = new AtomicLong();
        var ofSingle = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            boolean alone = i == 0;
            threads.add(Thread.ofPlatform().start(() -> {
                BandwidthGate own = alone ? single : many;
                while (seconds() < 2) {
                    own.pass(own.step());
                    (alone ? ofSingle : ofMany).addAndGet(own.step());
                }
                alive.decrementAndGet();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat((double) ofSingle.get()).isCloseTo((double) ofMany.get(), withPercentage(5));
        assertThat((ofSingle.get() + ofMany.get()) / 2.0).isCloseTo((double) rate.get(), withPercentage(5));
    }

    private BandwidthInterceptor limiting(BandwidthGate... gates) {
        return new BandwidthInterceptor(List.of(gates), List.of(gates));
    }

    @Test
    void narrowestOfAHierarchyDecides() {
        var wide = new BandwidthGate(() -> 1000 * KIB, clock::nanos, clock::sleep);
        var storage = new InterceptedStorage(new MemoryStorage(), limiting(gate, wide));
        storage.write(new RelPath("file"), BytesContent.of(new byte[(int) (500 * KIB)]), WriteOptions.PLAIN);
        assertThat(seconds()).isBetween(4.8, 5.6);
    }

    @Test
    void readsAreLimitedToo() throws IOException {
        var memory = new MemoryStorage();
        Entry.File file =
                memory.write(new RelPath("file"), BytesContent.of(new byte[(int) (300 * KIB)]), WriteOptions.PLAIN);
        try (Body body = new InterceptedStorage(memory, limiting(gate)).read(file, ByteRange.ALL)) {
            body.stream().readAllBytes();
        }
        assertThat(seconds()).isBetween(2.9, 3.1);
    }

    @Test
    void bytesThatAreSentAgainAreChargedAgain() {
        var retry = new RetryInterceptor(new RetryPolicy(3, Duration.ofNanos(1), Duration.ofNanos(1)), time -> {});
        var script = FaultScript.PEACE.onNth(1, Verb.WRITE, "**", new Fault.LosesReply(ErrorKind.TIMEOUT));
        var storage = StorageStack.over(new MemoryStorage())
                .intercept(StorageStack.Place.RETRY, retry)
                .intercept(StorageStack.Place.BANDWIDTH, limiting(gate))
                .intercept(StorageStack.Place.FAULT, new FaultInterceptor(script, time -> {}))
                .build();
        var absent = WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent());
        storage.write(new RelPath("file"), BytesContent.of(new byte[(int) (200 * KIB)]), absent);
        assertThat(seconds()).isBetween(3.9, 4.1);
    }

    @Test
    void originIsHiddenOnlyWhileThereIsALimit() {
        var memory = new MemoryStorage();
        Entry.File seen = memory.write(new RelPath("file"), BytesContent.of("content"), WriteOptions.PLAIN);
        var origin = new Content.Origin(memory.identity(), seen);
        var where = new Where("memory", Verb.WRITE, new RelPath("to"));
        Content content = limiting(gate).writing(where, fetchable(origin));
        assertThat(content.origin()).isEmpty();
        assertThat(limiting(gate).fetching(Optional.of(origin))).isEmpty();
        rate.set(BandwidthGate.UNLIMITED);
        assertThat(content.origin()).contains(origin);
        assertThat(limiting(gate).fetching(Optional.of(origin))).contains(origin);
    }

    private static Content fetchable(Content.Origin origin) {
        var inner = BytesContent.of("content");
        return new Content() {
            @Override
            public OptionalLong size() {
                return inner.size();
            }

            @Override
            public InputStream open(long offset, long length) {
                return inner.open(offset, length);
            }

            @Override
            public String fingerprint() {
                return inner.fingerprint();
            }

            @Override
            public Optional<Origin> origin() {
                return Optional.of(origin);
            }
        };
    }

    @Test
    void bytesThatAreOnlyHashedPassAtOnce() throws IOException {
        Content limited = new BandwidthInterceptor(List.of(gate), List.of())
                .writing(new Where("memory", Verb.WRITE, new RelPath("file")), BytesContent.of(new byte[1_000_000]));

        try (InputStream stream = limited.openToHash(0, 1_000_000)) {
            assertThat(stream.readAllBytes()).hasSize(1_000_000);
        }
        assertThat(seconds()).isZero();
    }
}
