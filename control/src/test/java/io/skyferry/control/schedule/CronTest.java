package io.skyferry.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.testkit.Cases;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 * * * *      | 0 * * * *",
                "0 0 * * 7       | 0 0 * * sun",
                "0 0 * * 0       | 0 0 * * sun",
                "0 0 * * SUN     | 0 0 * * sun",
                "0 0 * * 5-7     | 0 0 * * fri-sun",
                "0 0 * * fri-sun | 0 0 * * fri-sun",
                "0 0 * jan-mar * | 0 0 * 1-3 *",
                "*/5 8-18/2 1,15 * mon-fri | */5 8-18/2 1,15 * mon-fri",
                "0/8 * * * *     | */8 * * * *",
                "5/20 * * * *    | 5-59/20 * * * *",
                "0-59/15 * * * * | */15 * * * *",
                "*/5,31 * * * *  | */5,31 * * * *",
                "daily           | 0 0 * * *",
                "@Weekly         | 0 0 * * sun",
            })
    void isPrintedInOneWay(String typed, String canonical) {
        assertThat(Cron.parse(typed)).hasToString(canonical);
        assertThat(Cron.parse(canonical)).hasToString(canonical).isEqualTo(Cron.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "-1 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 0 *",
                "* * * 13 *",
                "* * * * 8",
                "* * * * mo",
                "* * * * fri-mon",
                "5-1 * * * *",
                "1-2-3 * * * *",
                "*/0 * * * *",
                "*/x * * * *",
                "*/60 * * * *",
                "*/2/2 * * * *",
                ", * * * *",
                "1, * * * *",
                "/5 * * * *",
                "٣ * * * *",
                "yearlyish",
            })
    void whatCannotBeReadIsRefusedInWords(String typed) {
        assertThatThrownBy(() -> Cron.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Want ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 2 0-6"})
    void momentThatNeverComesIsRefused(String typed) {
        assertThatThrownBy(() -> Cron.parse(typed)).hasMessageContaining("no month");
    }

    @Test
    void leapDayComesEveryFourYearsAndOnceAfterEight() {
        Cron leap = Cron.parse("0 0 29 2 *");
        assertThat(leap.next(NOW, UTC)).isEqualTo("2028-02-29T00:00:00Z");
        assertThat(leap.next(Instant.parse("2096-03-01T00:00:00Z"), UTC)).isEqualTo("2104-02-29T00:00:00Z");
        assertThat(Cron.parse("0 0 31 2 fri").next(NOW, UTC)).isEqualTo("2027-02-05T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hourly | At the start of each hour",
                "daily | At 00:00 every day",
                "weekly | At 00:00 on Sunday",
                "monthly | At 00:00 on day 1 of the month",
                "30 2 * * * | At 02:30 every day",
                "30 2,14 * * * | At 02:30 and 14:30 every day",
                "*/5 * * * * | Every 5 minutes",
                "* * * * * | Every minute",
                "*/7 * * * * | At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of each hour",
                "5 * * * * | At minute 5 of each hour",
                "0 */6 * * * | Every 6 hours",
                "0 */6 * * mon-fri | Every 6 hours on Monday to Friday",
                "*/15 8-18 * * mon-fri | Every 15 minutes from 08:00 to 18:45 on Monday to Friday",
                "0 22 * * 1,3 | At 22:00 on Monday and Wednesday",
                "0 22 * * 6,0 | At 22:00 on Saturday and Sunday",
                "0 0 13 * 5 | At 00:00 on day 13 of the month or on Friday",
                "0 0 1-7,15 1,7 * | At 00:00 on days 1 to 7 and 15 of the month in January and July",
                "0 3 * 6-8 * | At 03:00 in June to August",
                "* 9 * * * | Every minute from 09:00 to 09:59",
                "1,2,3,4,9 1,5 * * * | At minutes 1 to 4 and 9 of the hours 1 and 5",
            })
    void saysInEnglishWhatItMeans(String typed, String sentence) {
        assertThat(Cron.parse(typed).sentence()).isEqualTo(sentence);
    }

    @Test
    void presetsAreKnownAgain() {
        assertThat(Cron.Preset.of(Cron.parse("00 00 * * 7"))).contains(Cron.Preset.WEEKLY);
        assertThat(Cron.Preset.of(Cron.parse("1 0 * * *"))).isEmpty();
    }

    @Test
    void dayThatTheCalendarLeavesOutIsMadeUpForAtItsEnd() {
        // Samoa went over the date line: there was no 30 December 2011.
        ZoneId apia = ZoneId.of("Pacific/Apia");
        assertThat(Cron.parse("0 12 30 12 *")
                        .next(Instant.parse("2011-12-01T00:00:00Z"), apia)
                        .atZone(apia))
                .hasToString("2011-12-31T00:00+14:00[Pacific/Apia]");
    }

    static Stream<ZoneId> zonesThatChange() {
        return ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> zone.getRules().nextTransition(Instant.parse("2024-01-01T00:00:00Z")) != null);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("zonesThatChange")
    void everyDayHasItsRunInEveryZone(ZoneId zone) {
        for (String typed : List.of("30 2 * * *", "0 0 * * *", "15 1 * * *", "45 23 * * *")) {
            Cron cron = Cron.parse(typed);
            ZonedDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0).atZone(zone);
            Instant end = start.plusYears(4).toInstant();
            List<Instant> runs = Stream.iterate(
                            cron.next(start.toInstant().minusNanos(1), zone), last -> cron.next(last, zone))
                    .takeWhile(at -> at.isBefore(end))
                    .toList();
            assertThat(runs).as(typed).hasSize(4 * 365 + 1);
            for (int i = 1; i < runs.size(); i++) {
                assertThat(Duration.between(runs.get(i - 1), runs.get(i)))
                        .as("%s before %s", typed, runs.get(i))
                        .isBetween(Duration.ofHours(21), Duration.ofHours(27));
            }
        }
    }

    @Tag("slow")
    @Test
    void agreesWithLookingAtEachMinuteNearAnyClockChange() {
        List<ZoneId> zones = zonesThatChange().toList();
        Cases.of(400, (random, _) -> {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            ZoneOffsetTransition change = zone.getRules()
                    .nextTransition(
                            Instant.parse("2015-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(10 * 365))));
            if (change == null) {
                return;
            }
            Cron cron = anyCron(random);
            Instant from = change.getInstant().minus(Duration.ofMinutes(random.nextInt(1, 200)));
            Instant until = change.getInstant().plus(Duration.ofHours(4));
            List<Instant> wanted = lookedAt(cron, zone, from, until);
            List<Instant> found = Stream.iterate(cron.next(from, zone), last -> cron.next(last, zone))
                    .takeWhile(at -> !at.isAfter(until))
                    .toList();
            assertThat(found).as("%s in %s from %s", cron, zone, from).isEqualTo(wanted);
        });
    }

    private static Cron anyCron(RandomGenerator random) {
        String minute = List.of("*", "*/10", "0", "30", "0,59", "7-40/11").get(random.nextInt(6));
        String hour = List.of("*", "*/2", "0", "2", "1-3", "0,1,2,3", "23,0/3").get(random.nextInt(7));
        String day = List.of("*", "*", "25-31", "*/2").get(random.nextInt(4));
        String weekday = List.of("*", "*", "sun", "sat-sun").get(random.nextInt(4));
        return Cron.of(minute, hour, day, "*", weekday);
    }

    private static List<Instant> lookedAt(Cron cron, ZoneId zone, Instant from, Instant until) {
        boolean often =
                cron.fields().get(1).contains("*") || cron.fields().get(1).contains("/");
        return Stream.iterate(
                        Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), 60) * 60 + 60),
                        at -> !at.isAfter(until),
                        at -> at.plusSeconds(60))
                .filter(at -> {
                    ZonedDateTime local = at.atZone(zone);
                    boolean first = local.withEarlierOffsetAtOverlap().equals(local);
                    return (matches(cron, local.toLocalDateTime()) && (often || first)) || jumpedOver(cron, zone, at);
                })
                .toList();
    }

    private static boolean jumpedOver(Cron cron, ZoneId zone, Instant at) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(at.minusNanos(1));
        if (change == null || !change.getInstant().equals(at) || !change.isGap()) {
            return false;
        }
        return Stream.iterate(
                        change.getDateTimeBefore(),
                        local -> local.isBefore(change.getDateTimeAfter()),
                        local -> local.plusMinutes(1))
                .anyMatch(local -> matches(cron, local));
    }

    /// Where no clock ever changes, the next moment after the minute before is this minute itself.
    private static boolean matches(Cron cron, LocalDateTime local) {
        Instant at = local.atZone(UTC).toInstant();
        return cron.next(at.minusSeconds(1), UTC).equals(at);
    }
}
