package io.skyferry.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallRateInterceptorTest {
    private static final Where WHERE = new Where("memory:test", Verb.STAT, new RelPath("file"));

    private final FakeClock clock = new FakeClock();

    private CallRateInterceptor rate(double callsPerSecond, int burst) {
        return new CallRateInterceptor(callsPerSecond, burst, clock::nanos, clock::sleep);
    }

    private Duration timeOf(CallRateInterceptor rate, int calls) {
        long before = clock.nanos();
        for (int i = 0; i < calls; i++) {
            assertThat(rate.around(new Call<>(WHERE, Call.Repetition.ANY_TIME, () -> "answer")))
                    .isEqualTo("answer");
        }
        return Duration.ofNanos(clock.nanos() - before);
    }

    @Test
    void callsBeginAtTheRate() {
        assertThat(timeOf(rate(4, 1), 9)).isEqualTo(Duration.ofSeconds(2));
        assertThat(timeOf(rate(0.5, 1), 3)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void afterARestABurstMayBeginAtOnceAndNoMore() {
        CallRateInterceptor rate = rate(2, 3);
        clock.advance(Duration.ofHours(1));

        assertThat(timeOf(rate, 3)).isZero();
        assertThat(timeOf(rate, 2)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRestEarnsNothingWithoutABurst() {
        CallRateInterceptor rate = rate(1, 1);
        timeOf(rate, 1);
        clock.advance(Duration.ofHours(1));

        assertThat(timeOf(rate, 3)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void ratesThatLetNothingThroughAreRefused() {
        assertThatThrownBy(() -> rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rate(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
