package io.skyferry.layers;

import io.skyferry.layers.StorageStack.Place;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.FaultInterceptor;
import io.skyferry.testkit.FaultScript;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.StorageContract;
import io.skyferry.testkit.Traits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/// No layer breaks the contract, alone or with all others.
class LayersTest {
    private static final CallListener DEAF = new CallListener() {
        @Override
        public void succeeded(Where where, long nanos) {
            // Only the layer is of interest here.
        }

        @Override
        public void failed(Where where, long nanos, StorageException failure) {
            // Only the layer is of interest here.
        }

        @Override
        public void advanced(Where where, long bytes) {
            // Only the layer is of interest here.
        }
    };

    private static Interceptor retry(int attempts) {
        var clock = new FakeClock();
        return new RetryInterceptor(
                new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(2)), clock::sleep);
    }

    private static Interceptor bandwidth(long rate) {
        var clock = new FakeClock();
        var gate = new BandwidthGate(() -> rate, clock::nanos, clock::sleep);
        return new BandwidthInterceptor(List.of(gate), List.of(gate));
    }

    private static Interceptor pace() {
        var clock = new FakeClock();
        return new PaceInterceptor(new Pace(4, clock::nanos, clock::sleep));
    }

    private static Interceptor timeout() {
        return new TimeoutInterceptor(Duration.ofDays(1), new Watchdog(() -> 0));
    }

    private static Storage over(Traits traits, Interceptor interceptor) {
        return new InterceptedStorage(new MemoryStorage(traits), interceptor);
    }

    @Nested
    class Check extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return new CheckLayer().over(new MemoryStorage(Traits.BARE));
        }
    }

    @Nested
    class Observe extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, new ObserveInterceptor(DEAF, () -> 0));
        }
    }

    @Nested
    class Retry extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.OBJECTS, retry(3));
        }
    }

    @Nested
    class Bandwidth extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, bandwidth(10_000));
        }
    }

    @Nested
    class PaceLayer extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, pace());
        }
    }

    @Nested
    class Timeout extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, timeout());
        }
    }

    @Nested
    class Count extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, new RequestCounts());
        }
    }

    @Nested
    class PeacefulScript extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return over(Traits.DISK, new FaultInterceptor(FaultScript.PEACE, time -> {}));
        }
    }

    /// Everything at once, and random trouble below that patience gets through.
    private static Storage wholeStack(Traits traits, long seed) {
        return StorageStack.over(new MemoryStorage(traits))
                .intercept(Place.OBSERVE, new ObserveInterceptor(DEAF, () -> 0))
                .intercept(Place.RETRY, retry(9))
                .intercept(Place.BANDWIDTH, bandwidth(1_000_000))
                .intercept(Place.PACE, pace())
                .intercept(Place.TIMEOUT, timeout())
                .intercept(Place.COUNT, new RequestCounts())
                .intercept(
                        Place.FAULT,
                        new FaultInterceptor(
                                FaultScript.PEACE.withDice(seed, 250, 4, FaultScript.Trouble.WITHOUT_EFFECT),
                                time -> {}))
                .build();
    }

    @Nested
    class WholeStackOverADisk extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return wholeStack(Traits.DISK.paged(3), 1);
        }
    }

    @Nested
    class WholeStackOverAnObjectStore extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return wholeStack(Traits.OBJECTS.paged(3), 2);
        }
    }

    @Nested
    class WholeStackOverADrive extends StorageContract {
        @Override
        protected Storage openEmpty() {
            return wholeStack(Traits.DRIVE.paged(3), 3);
        }
    }
}
