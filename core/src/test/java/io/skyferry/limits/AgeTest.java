package io.skyferry.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "90, PT1M30S",
        "1.5, PT1.5S",
        "1e3, PT16M40S",
        "100ms, PT0.1S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "250μs, PT0.00025S",
        "5ns, PT0.000000005S",
        "1s, PT1S",
        "1m, PT1M",
        "1h, PT1H",
        "1.5h, PT1H30M",
        "1h30m, PT1H30M",
        "1h30m10.5s, PT1H30M10.5S",
        "-1h, PT-1H",
        "+1h, PT1H",
        "1d, PT24H",
        "1.5d, PT36H",
        ".5d, PT12H",
        "2w, PT336H",
        "1M, PT720H",
        "1y, PT8760H",
        "-1d, PT-24H",
        "300y, PT2628000H",
    })
    void spansReachBackFromNow(String text, Duration length) {
        assertThat(before(text)).isEqualTo(NOW.minus(length));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21, 2026-11-20T23:00:00Z",
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-11-21T08:00:00, 2026-11-21T07:00:00Z",
        "2026-11-21 08:00:00, 2026-11-21T07:00:00Z",
        "2026-11-21 08:00:00.25, 2026-11-21T07:00:00.250Z",
        "2026-11-21T08:00:00Z, 2026-11-21T08:00:00Z",
        "2026-11-21T08:00:00-03:30, 2026-11-21T11:30:00Z",
    })
    void datesAreMeantInTheLocalZoneUnlessTheySayOtherwise(String text, Instant moment) {
        assertThat(before(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "x, 1",
        "10x, 3",
        "1d12h, 2",
        "1h30, 2",
        "1 h, 2",
        "d, 1",
        "2026-02-30, 1",
        "2026-11-21T25:00:00, 1",
        "2026-11-21T08:00, 11",
        "2026-11-21 08:00:00Z, 11",
        "1e30, 1",
        "200000y, 1",
    })
    void whatIsNoAgeIsRefusedWithItsPlace(String text, int position) {
        assertThatThrownBy(() -> Age.parse(text, BERLIN))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        refused -> assertThat(refused.position()).isEqualTo(position));
    }

    @Test
    void offIsNoAge() {
        assertThat(Age.parse("off", BERLIN)).isEmpty();
    }

    private static Instant before(String text) {
        return Age.parse(text, BERLIN).orElseThrow().before(NOW);
    }
}
