package io.skyferry.control.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.task.Bandwidths;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.limits.SpecException;
import io.skyferry.testkit.Cases;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WeekGridTest {
    private static final ZonedDateTime MONDAY = ZonedDateTime.of(2026, 11, 23, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final List<String> DAYS =
            List.of("", "", "", "Mon-", "tuesday-", "WED-", "Thu-", "Friday-", "Sat-", "Sun-");
    private static final List<String> RATES =
            List.of("512", "10M", "10MB", "1.5Mi", "off", "0", "100B", "10M:1M", "off:512", "1G:off", "1");

    private static String random(RandomGenerator random, int size) {
        int entries = 1 + random.nextInt(1 + size / 4);
        if (random.nextInt(8) == 0) {
            return RATES.get(random.nextInt(RATES.size()));
        }
        List<String> text = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            String day = DAYS.get(random.nextInt(DAYS.size()));
            LocalTime time = LocalTime.of(random.nextInt(24), random.nextBoolean() ? 0 : random.nextInt(60));
            text.add("%s%s,%s".formatted(day, time, RATES.get(random.nextInt(RATES.size()))));
        }
        return String.join(random.nextBoolean() ? " " : ";", text);
    }

    private static List<BandwidthLimit> asEngine(BandwidthSchedule schedule) {
        List<BandwidthLimit> minutes = new ArrayList<>();
        for (int minute = 0; minute < 7 * 24 * 60; minute++) {
            minutes.add(schedule.limitAt(MONDAY.plusMinutes(minute)));
        }
        return minutes;
    }

    @Test
    void whatIsTypedHoldsInEachMinuteAsTheEngineReadsIt() {
        Cases.of(60, (random, size) -> {
            String text = random(random, size);
            List<BandwidthLimit> minutes = asEngine(BandwidthSchedule.parse(text));
            assertThat(Bandwidths.minutes(BandwidthSchedule.parse(text)))
                    .as(text)
                    .isEqualTo(minutes);
            assertThat(asEngine(Bandwidths.schedule(Bandwidths.read(text))))
                    .as(text)
                    .isEqualTo(minutes);
        });
    }

    @Test
    void aTextThatGoesThroughTheGridSaysTheSame() {
        Cases.of(300, (random, size) -> {
            String text = random(random, size);
            String once = WeekGrid.of(text).text();
            List<BandwidthLimit> wanted = Bandwidths.minutes(BandwidthSchedule.parse(text));
            assertThat(Bandwidths.minutes(Bandwidths.schedule(Bandwidths.read(once))))
                    .as(text)
                    .isEqualTo(wanted);
            assertThat(WeekGrid.of(once).text()).as(text).isEqualTo(once);
        });
    }

    @Test
    void paintingChangesTheRectangleAndNothingElse() {
        Cases.of(120, (random, size) -> {
            WeekGrid grid = WeekGrid.of(random(random, size));
            WeekGrid.Cell from = grid.at(1 + random.nextInt(7), random.nextInt(24));
            WeekGrid.Cell to = grid.at(1 + random.nextInt(7), random.nextInt(24));
            BandwidthLimit limit = BandwidthLimit.parse(RATES.get(random.nextInt(RATES.size())));
            WeekGrid painted = WeekGrid.of(grid.painted(from, to, limit).text());
            for (DayOfWeek day : DayOfWeek.values()) {
                for (int hour = 0; hour < 24; hour++) {
                    boolean inside = between(
                                    day.getValue(),
                                    from.day().getValue(),
                                    to.day().getValue())
                            && between(hour, from.hour(), to.hour());
                    assertThat(painted.row(day).get(hour).limits())
                            .isEqualTo(
                                    inside
                                            ? List.of(limit)
                                            : grid.row(day).get(hour).limits());
                }
            }
        });
    }

    private static boolean between(int one, int end, int other) {
        return one >= Math.min(end, other) && one <= Math.max(end, other);
    }

    @Test
    void theSameOnEachDayIsWrittenOnce() {
        String seed = "08:00,512 12:00,10MB 13:00,512 18:00,30MB 23:00,off";
        assertThat(WeekGrid.of(seed).text()).isEqualTo("08:00,512Ki 12:00,10Mi 13:00,512Ki 18:00,30Mi 23:00,off");
        assertThat(WeekGrid.of("512").text()).isEqualTo("512Ki");
        assertThat(WeekGrid.of("").text()).isEmpty();
        assertThat(WeekGrid.of("off").text()).isEmpty();
        assertThat(WeekGrid.of("Sat-00:00,off Mon-00:00,1M").text()).isEqualTo("Mon-00:00,1Mi Sat-00:00,off");
    }

    @Test
    void anHourThatChangesShowsBothLimits() {
        WeekGrid grid = WeekGrid.of("08:30,512 09:00,off");
        assertThat(grid.at(3, 8).words()).isEqualTo("off, 512Ki");
        assertThat(grid.at(3, 9).isFree()).isTrue();
        assertThat(grid.legend()).containsExactly("512Ki", "off");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> WeekGrid.of("25:00,512")).isInstanceOf(SpecException.class);
        assertThatThrownBy(() -> WeekGrid.of("").at(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
