package io.skyferry.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");

    private static Schedule hourly(Duration jitter, MissedRuns missed) {
        return new Schedule(Cron.Preset.HOURLY.cron(), BERLIN, Optional.empty(), jitter, missed);
    }

    @Test
    void tasksOfOneMinuteSpreadAndEachKeepsItsPlace() {
        Schedule schedule = hourly(Duration.ofMinutes(10), MissedRuns.SKIP);
        var delays = LongStream.rangeClosed(1, 200).mapToObj(schedule::delay).collect(Collectors.toSet());
        assertThat(delays).hasSizeGreaterThan(100).allMatch(delay -> delay.compareTo(Duration.ofMinutes(10)) < 0);
        Instant first = schedule.next(NOW, 7);
        assertThat(schedule.next(first, 7)).isEqualTo(first.plus(Duration.ofHours(1)));
        assertThat(schedule.next(first.minusNanos(1), 7)).isEqualTo(first);
    }

    @Test
    void windowEndsAtTheNextTimeThatTheClockShows() {
        var night = new Schedule(
                Cron.parse("0 22 * * *"), BERLIN, Optional.of(LocalTime.of(6, 0)), Duration.ZERO, MissedRuns.SKIP);
        assertThat(night.endOf(Instant.parse("2026-11-21T21:00:00Z"))).contains(Instant.parse("2026-11-22T05:00:00Z"));
        assertThat(night.endOf(Instant.parse("2027-03-27T21:00:00Z"))).contains(Instant.parse("2027-03-28T04:00:00Z"));
        assertThat(Schedule.of(Cron.Preset.DAILY.cron(), BERLIN).endOf(NOW)).isEmpty();
    }

    @Test
    void endOfAWindowInAJumpIsRightAfterIt() {
        var early = new Schedule(
                Cron.parse("0 22 * * *"), BERLIN, Optional.of(LocalTime.of(2, 30)), Duration.ZERO, MissedRuns.SKIP);
        assertThat(early.endOf(Instant.parse("2027-03-27T21:00:00Z"))).contains(Instant.parse("2027-03-28T01:00:00Z"));
    }

    @Test
    void manyMissedRunsAreMadeUpForByOneOrByNone() {
        Instant since = NOW.minus(Duration.ofDays(2));
        assertThat(hourly(Duration.ZERO, MissedRuns.RUN_ONCE).nextAfterPause(since, NOW, 1))
                .isEqualTo(NOW);
        assertThat(hourly(Duration.ZERO, MissedRuns.SKIP).nextAfterPause(since, NOW, 1))
                .isEqualTo("2026-11-21T17:00:00Z");
        assertThat(hourly(Duration.ZERO, MissedRuns.RUN_ONCE).nextAfterPause(NOW.minusSeconds(60), NOW, 1))
                .isEqualTo("2026-11-21T17:00:00Z");
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> hourly(Duration.ofHours(13), MissedRuns.SKIP)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> hourly(Duration.ofSeconds(-1), MissedRuns.SKIP))
                .hasMessageContaining("jitter");
        assertThatThrownBy(() -> new Schedule(
                        Cron.Preset.DAILY.cron(),
                        BERLIN,
                        Optional.of(LocalTime.of(6, 0, 1)),
                        Duration.ZERO,
                        MissedRuns.SKIP))
                .hasMessageContaining("minute");
    }
}
