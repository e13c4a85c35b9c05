package io.skyferry.control.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.task.Cron;
import io.skyferry.filter.Filter;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Cases;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleAndTicksTest {
    private static final String LETTERS = "ab*?[]{}\\,;# +-!\n\r\t\"'<&>é\u202Eא";

    @Test
    void whatAPresetAsksForIsFoundAgain() {
        for (ScheduleParts parts : List.of(
                new ScheduleParts.Hourly(17),
                new ScheduleParts.Daily(LocalTime.of(2, 30)),
                new ScheduleParts.Weekly(LocalTime.of(20, 5), Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY)),
                new ScheduleParts.Monthly(LocalTime.MIDNIGHT, 31))) {
            assertThat(ScheduleParts.of(parts.cron())).isEqualTo(parts);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 * * * *|hourly",
                "0 0 * * *|daily",
                "0 0 * * sun|weekly",
                "5 4 * * 0,7,3|weekly",
                "0 0 1 * *|monthly",
                "0 0,8,16 * * *|custom",
                "*/15 8-18 * * mon-fri|custom",
                "1 0 1,15 jan-jun,oct-dec *|custom",
                "0 0 1 * sun|custom",
                "0 24 * * *|custom",
                "0 0 0 * *|custom",
                "x 0 * * *|custom"
            })
    void cronIsShownByTheSimplestFormThatSaysIt(String line, String preset) {
        String[] fields = line.split(" ", -1);
        var cron = new Cron(fields[0], fields[1], fields[2], fields[3], fields[4]);
        assertThat(ScheduleParts.of(cron).preset()).isEqualTo(preset);
        if (preset.equals("custom")) {
            assertThat(ScheduleParts.of(cron).cron()).isEqualTo(cron);
        }
    }

    @Test
    void partsThatNeverComeAreRefused() {
        assertThatThrownBy(() -> new ScheduleParts.Weekly(LocalTime.NOON, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScheduleParts.Monthly(LocalTime.NOON, 32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScheduleParts.time("24:00")).hasMessageContaining("02:30");
        assertThatThrownBy(() -> ScheduleParts.time("noon")).hasMessageContaining("noon");
    }

    @Test
    void whatIsTickedIsSelectedAndNothingBesides() {
        Cases.of(400, (random, size) -> {
            Set<String> names = new TreeSet<>();
            for (int i = 0; i <= size / 8; i++) {
                var name = new StringBuilder();
                for (int n = 0; n <= random.nextInt(6); n++) {
                    name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
                }
                String above = random.nextInt(4) == 0 ? "up/to/" : "";
                names.add(above + name + (random.nextBoolean() ? "/" : ""));
            }
            var ticks = new Ticks("/data", names);
            assertThat(Ticks.of("/data", ticks.includes())).contains(ticks);
            Filter filter = filter(ticks.includes());
            for (String name : names) {
                String path = name.endsWith("/") ? name + "deep/file" : name;
                assertThat(filter.selects(file(path))).as(path).isTrue();
                assertThat(filter.selects(file("other/" + path))).as(path).isFalse();
                String longer = name.replaceFirst("/$", "") + "x";
                boolean ticked = names.contains(longer);
                assertThat(filter.selects(file(longer))).as(longer).isEqualTo(ticked);
            }
        });
    }

    private static Filter filter(List<String> includes) {
        FilterFlags flags = FilterFlags.NONE;
        for (String include : includes) {
            flags = flags.with(FilterFlag.FILTER, "+ " + include);
        }
        return flags.with(FilterFlag.FILTER, "- *")
                .build(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), _ -> "", new SplittableRandom(1));
    }

    private static Entry.File file(String path) {
        return new Entry.File(
                new RelPath(path),
                1,
                new ModTime.NotKept(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void tickedPathsMustLieInOneFolder() {
        assertThat(Ticks.of(List.of("/data/photos/"))).isEqualTo(new Ticks("/data/photos", Set.of()));
        assertThat(Ticks.of(List.of("/data/photos/", "/data/a.txt")))
                .isEqualTo(new Ticks("/data", Set.of("photos/", "a.txt")));
        assertThat(Ticks.of(List.of("/a/", "/b/"))).isEqualTo(new Ticks("/", Set.of("a/", "b/")));
        assertThat(Ticks.of(List.of("a/", "b.txt"))).isEqualTo(new Ticks("", Set.of("a/", "b.txt")));
        assertThat(Ticks.of(List.of("/"))).isEqualTo(new Ticks("/", Set.of()));
        assertThatThrownBy(() -> Ticks.of(List.of("/data/photos/", "/other/"))).hasMessageContaining("'/', '/data'");
    }

    @Test
    void rulesThatWereWrittenByHandAreNoTicks() {
        List<String> rules = new ArrayList<>(List.of("/photos/**"));
        assertThat(Ticks.of("/data", rules).orElseThrow().names()).containsExactly("photos/");
        for (String byHand : List.of("*.jpg", "/a//b", "/ph*s/**", "photos/**", "/**", "/", "/a\\")) {
            assertThat(Ticks.of("/data", List.of("/photos/**", byHand)))
                    .as(byHand)
                    .isEmpty();
        }
    }
}
