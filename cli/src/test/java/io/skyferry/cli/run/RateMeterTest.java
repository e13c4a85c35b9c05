package io.skyferry.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateMeter meter = new RateMeter();

    @Test
    void rateIsThatOfTheLastSeconds() {
        for (int i = 0; i <= 60; i++) {
            meter.rate(i * SECOND, i * 1_000L);
        }
        double slower = 0;
        for (int i = 61; i <= 75; i++) {
            slower = meter.rate(i * SECOND, 60_000L + (i - 60) * 10L);
        }

        assertThat(slower).isCloseTo(10, within(0.1));
    }

    @Test
    void bytesThatAreTakenBackAreNoSpeed() {
        meter.rate(0, 1_000);

        assertThat(meter.rate(SECOND, 0)).isZero();
    }
}
