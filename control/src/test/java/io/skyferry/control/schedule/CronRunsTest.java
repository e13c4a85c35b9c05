package io.skyferry.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CronRunsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");
    private final CronRuns runs = new CronRuns();

    private static io.skyferry.control.task.Cron fields(String minute, String hour, String dom, String dow) {
        return new io.skyferry.control.task.Cron(minute, hour, dom, "*", dow);
    }

    private static Timing timing(String hour, Optional<LocalTime> end, Duration jitter) {
        return new Timing(fields("00", hour, "*", "*"), true, end, jitter, Timing.Missed.SKIP);
    }

    @Test
    void tasksOfOneMinuteSpreadAndEachKeepsItsPlace() {
        var delays = LongStream.rangeClosed(1, 200)
                .mapToObj(task -> CronRuns.delay(Duration.ofMinutes(10), task))
                .collect(Collectors.toSet());
        assertThat(delays).hasSizeGreaterThan(100).allMatch(delay -> delay.compareTo(Duration.ofMinutes(10)) < 0);

        Timing hourly = timing("*", Optional.empty(), Duration.ofMinutes(10));
        Instant first = runs.next(hourly, 7, NOW, BERLIN).orElseThrow();
        assertThat(runs.next(hourly, 7, first, BERLIN)).contains(first.plus(Duration.ofHours(1)));
        assertThat(runs.next(hourly, 7, first.minusNanos(1), BERLIN)).contains(first);
    }

    @Test
    void windowEndsAtTheNextTimeThatTheClockShows() {
        Timing night = timing("22", Optional.of(LocalTime.of(6, 0)), Duration.ZERO);
        assertThat(runs.windowEnd(night, Instant.parse("2026-11-21T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-11-22T05:00:00Z"));
        assertThat(runs.windowEnd(night, Instant.parse("2027-03-27T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2027-03-28T04:00:00Z"));
        assertThat(runs.windowEnd(timing("*", Optional.empty(), Duration.ZERO), NOW, BERLIN))
                .isEmpty();
    }

    @Test
    void endOfAWindowInAJumpIsRightAfterIt() {
        Timing early = timing("22", Optional.of(LocalTime.of(2, 30)), Duration.ZERO);
        assertThat(runs.windowEnd(early, Instant.parse("2027-03-27T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2027-03-28T01:00:00Z"));
    }

    @Test
    void eachFaultNamesItsField() {
        assertThat(runs.faults(fields("61", "x", "*", "8")))
                .extracting(FieldError::path)
                .containsExactly("minute", "hour", "dow");
        assertThat(runs.faults(new io.skyferry.control.task.Cron("0", "0", "31", "2", "*")))
                .extracting(FieldError::path)
                .containsExactly("");
        assertThat(runs.faults(fields("00", "*", "1,8-20/2", "mon-sun"))).isEmpty();
    }
}
