package io.skyferry.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthScheduleTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String MANUAL = "Mon-00:00,512 Fri-23:59,10M Sat-10:00,1M Sun-20:00,off";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "512 | 512Ki",
                "10MB | 10Mi",
                "100b | 100B",
                "1G | 1Gi",
                "2t | 2Ti",
                "off | off",
                "OFF | off",
                "0 | off",
                "10:20 | 10Ki:20Ki",
                "5M:off | 5Mi:off",
                "off:5M | off:5Mi",
                "5M:5M | 5Mi",
                "off:off | off",
                "0:1 | off:1Ki",
                "' 512 ' | 512Ki",
                "1.5M | 1.500Mi",
                "Sun-00:00,1M | 1Mi",
                "Mon-10:00,1M | Mon-10:00,1Mi",
                "mon-10:00,1M | Mon-10:00,1Mi",
                "THURSDAY-10:00,1M | Thu-10:00,1Mi",
                "Tue-10.20,1M | Tue-10:20,1Mi",
                "Wed-10:00,1M:2M;Tue-09:00,off | Tue-09:00,off Wed-10:00,1Mi:2Mi",
                "'Wed-10:00,1M  ; Wed-10:00,2M' | Wed-10:00,2Mi",
                "Fri-23:59,10M Mon-00:00,512 | Mon-00:00,512Ki Fri-23:59,10Mi",
            })
    void eachSpecHasOneCanonicalForm(String text, String canonical) {
        assertThat(BandwidthSchedule.parse(text)).hasToString(canonical);
        assertThat(BandwidthSchedule.parse(canonical)).isEqualTo(BandwidthSchedule.parse(text));
    }

    @Test
    void anEntryWithoutWeekdayHoldsOnAllSeven() {
        assertThat(BandwidthSchedule.parse("08:00,512 12:00,off"))
                .hasToString("Sun-08:00,512Ki Sun-12:00,off Mon-08:00,512Ki Mon-12:00,off Tue-08:00,512Ki Tue-12:00,off"
                        + " Wed-08:00,512Ki Wed-12:00,off Thu-08:00,512Ki Thu-12:00,off Fri-08:00,512Ki Fri-12:00,off"
                        + " Sat-08:00,512Ki Sat-12:00,off");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T07:59, off",
        "2026-11-22T08:00, 512Ki",
        "2026-11-22T11:59, 512Ki",
        "2026-11-22T12:00, 10Mi",
        "2026-11-22T13:00, 512Ki",
        "2026-11-22T18:30, 30Mi",
        "2026-11-22T23:00, off",
        "2026-11-28T23:59, off",
        "2026-11-23T00:00, off",
    })
    void theTimetableOfTheTrueNasManualIsUnderstood(LocalDateTime time, String limit) {
        var schedule = BandwidthSchedule.parse("08:00,512 12:00,10MB 13:00,512 18:00,30MB 23:00,off");
        assertThat(schedule.limitAt(time.atZone(UTC))).hasToString(limit);
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-22 is a Sunday. Rclone is unlimited from its 00:00 to 20:00, because it takes the last entry written.
        "2026-11-21T09:59, 10Mi",
        "2026-11-21T10:00, 1Mi",
        "2026-11-22T00:00, 1Mi",
        "2026-11-22T19:59, 1Mi",
        "2026-11-22T20:00, off",
        "2026-11-23T00:00, 512Ki",
        "2026-11-24T12:00, 512Ki",
        "2026-11-27T23:58, 512Ki",
        "2026-11-27T23:59, 10Mi",
    })
    void theWeekWrapsToItsLastSlotOnEveryDay(LocalDateTime time, String limit) {
        assertThat(BandwidthSchedule.parse(MANUAL).limitAt(time.atZone(UTC))).hasToString(limit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | nothing",
                "' ; ' | 1 | nothing",
                "-1 | 1 | 0 or more",
                "1bps | 4 | units",
                "5M:x | 4 | units",
                "5M: | 4 | nothing",
                ":5M | 1 | nothing",
                "5M 6M | 1 | HH:MM,RATE",
                "08:00, | 1 | HH:MM,RATE",
                "08:00,512, | 1 | HH:MM,RATE",
                "08:00, 512 | 1 | HH:MM,RATE",
                "08:00,512 9:00,1M | 11 | 23:59",
                "08:00,512 24:00,1M | 11 | 23:59",
                "08:00,512 08:60,1M | 11 | 23:59",
                "08:00,512 09:00,1x | 18 | units",
                "08:00,512 Tues-09:00,1M | 11 | weekday",
                "08:00,512 -09:00,1M | 11 | weekday",
                "08:00,512 Mon-Tue-09:00,1M | 11 | weekday",
                "08:00,512 Mon-9:00,1M | 15 | 23:59",
                "08:00,1M:2M:3M | 12 | second",
                "08:00,5M:off:1 | 13 | second",
            })
    void whatIsNoScheduleIsRefusedWithPlaceAndReason(String text, int position, String reason) {
        assertThatThrownBy(() -> BandwidthSchedule.parse(text)).isInstanceOfSatisfying(SpecException.class, refused -> {
            assertThat(refused.position()).isEqualTo(position);
            assertThat(refused.text()).isEqualTo(text);
            assertThat(refused).hasMessageContaining(reason);
        });
    }

    @Test
    void aTimeAloneIsAPairOfRatesAsInRclone() {
        assertThat(BandwidthSchedule.parse("08:30")).hasToString("8Ki:30Ki");
    }

    @Test
    void theNextChangeIsTheExactStartOfAnotherLimit() {
        var schedule = BandwidthSchedule.parse("08:00,512 12:00,512 18:00,off");
        assertThat(schedule.nextChange(at("2026-11-22T07:59:59.5", UTC))).contains(at("2026-11-22T08:00:00", UTC));
        assertThat(schedule.nextChange(at("2026-11-22T08:00:00", UTC))).contains(at("2026-11-22T18:00:00", UTC));
        assertThat(schedule.nextChange(at("2026-11-22T18:00:00", UTC))).contains(at("2026-11-23T08:00:00", UTC));
        assertThat(BandwidthSchedule.parse(MANUAL).nextChange(at("2026-11-23T00:00:00", UTC)))
                .contains(at("2026-11-27T23:59:00", UTC));
        assertThat(BandwidthSchedule.parse("512").nextChange(at("2026-11-22T08:00:00", UTC)))
                .isEmpty();
        assertThat(BandwidthSchedule.parse("08:00,1M 12:00,1M").nextChange(at("2026-11-22T08:00:00", UTC)))
                .isEmpty();
    }

    @Test
    void aSlotInTheHourThatIsLeftOutStartsWhenTheClockJumps() {
        var schedule = BandwidthSchedule.parse("02:30,1M 08:00,off");
        ZonedDateTime before = at("2026-03-29T01:59:00", BERLIN);
        ZonedDateTime jump = Instant.parse("2026-03-29T01:00:00Z").atZone(BERLIN);
        assertThat(schedule.limitAt(before)).hasToString("off");
        assertThat(schedule.nextChange(before)).contains(jump);
        assertThat(schedule.limitAt(jump)).hasToString("1Mi");
    }

    @Test
    void inTheHourThatComesTwiceTheShownTimeDecides() {
        var schedule = BandwidthSchedule.parse("02:30,1M 08:00,off");
        List<ZonedDateTime> changes = new ArrayList<>();
        ZonedDateTime time = at("2026-10-25T00:00:00", BERLIN);
        for (int i = 0; i < 4; i++) {
            time = schedule.nextChange(time).orElseThrow();
            changes.add(time);
        }
        assertThat(changes.stream().map(ZonedDateTime::toInstant))
                .containsExactly(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-25T01:00:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"),
                        Instant.parse("2026-10-25T07:00:00Z"));
        assertThat(changes.stream().map(schedule::limitAt))
                .extracting(BandwidthLimit::toString)
                .containsExactly("1Mi", "off", "1Mi", "off");
    }

    @Test
    void betweenChangesTheLimitIsTheSameAtEveryMinute() {
        var random = new Random(11);
        List<ZoneId> zones = List.of(UTC, BERLIN, ZoneId.of("America/St_Johns"), ZoneId.of("Australia/Lord_Howe"));
        List<String> starts =
                List.of("2026-03-25T22:10:30", "2026-10-22T03:00:00", "2026-04-03T00:00:00", "2026-10-30T12:00:00");
        for (int round = 0; round < 6; round++) {
            var schedule = BandwidthSchedule.parse(randomTable(random));
            ZoneId zone = zones.get(round % zones.size());
            ZonedDateTime time = at(starts.get(random.nextInt(starts.size())), zone);
            ZonedDateTime change = schedule.nextChange(time).orElse(time.plusDays(9));
            BandwidthLimit held = schedule.limitAt(time);
            for (ZonedDateTime minute = time; minute.isBefore(time.plusDays(8)); minute = minute.plusMinutes(1)) {
                if (!minute.isBefore(change)) {
                    held = schedule.limitAt(change);
                    change = schedule.nextChange(change).orElse(time.plusDays(9));
                }
                assertThat(schedule.limitAt(minute))
                        .as("%s at %s", schedule, minute)
                        .isEqualTo(held);
            }
        }
    }

    @Test
    void theOrderInWhichSlotsAreWrittenIsOfNoMatter() {
        assertThat(BandwidthSchedule.parse("Sun-20:00,off Sat-10:00,1M Mon-00:00,512 Fri-23:59,10M"))
                .isEqualTo(BandwidthSchedule.parse(MANUAL));
    }

    @Test
    void theDailyTimesOfTrueNasMustBeInOrder() {
        var eight = new BandwidthSchedule.Daily(LocalTime.of(8, 0), BandwidthLimit.both(524_288));
        var night = new BandwidthSchedule.Daily(LocalTime.of(18, 0), BandwidthLimit.NONE);
        assertThat(BandwidthSchedule.daily(List.of(eight, night)))
                .isEqualTo(BandwidthSchedule.parse("08:00,524288b 18:00,off"));
        assertThat(BandwidthSchedule.daily(List.of())).isEqualTo(BandwidthSchedule.UNLIMITED);
        assertThatThrownBy(() -> BandwidthSchedule.daily(List.of(night, eight)))
                .hasMessage("Invalid time order: 18:00, 08:00");
    }

    private static String randomTable(Random random) {
        return random.ints(1 + random.nextInt(6), 0, 24 * 12)
                .mapToObj(slot -> "%s%s,%s"
                        .formatted(randomDay(random), LocalTime.of(slot / 12, slot % 12 * 5), 1 + random.nextInt(3)))
                .collect(Collectors.joining(" "));
    }

    private static String randomDay(Random random) {
        int day = random.nextInt(10);
        return day < 7 ? DayOfWeek.of(day + 1).name().substring(0, 3) + "-" : "";
    }

    private static ZonedDateTime at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone);
    }
}
