package io.skyferry.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.rclone.Rclone;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RcloneLimitsTest {
    private static final int TEXTS = 400;
    private static final List<String> NUMBERS = List.of(
            "0", "1", "5", "10", "512", "1000", "1.5", "0.25", ".5", "5.", "1e2", "1E2", "+3", "-1", "", "1.2.3", " 1",
            "0007");
    private static final List<String> UNITS = List.of(
            "", "", "b", "B", "k", "K", "m", "M", "G", "g", "T", "p", "Ki", "kI", "MI", "KiB", "mib", "GIB", "Kb", "MB",
            "gB", "bps", "x", "i", "ib", "B ");
    private static final List<String> AGE_UNITS = List.of(
            "", "ms", "s", "m", "h", "d", "w", "M", "y", "h30m", "m5s", "us", "ns", "µs", "D", "H", "mo", "d12h", "off",
            " s", "hm", "h-1m");
    private static final List<String> DATES = List.of(
            "2020-01-02",
            "2020-01-02T03:04:05",
            "2020-01-02 03:04:05",
            "2020-01-02T03:04:05Z",
            "2020-01-02T03:04:05+01:00",
            "2020-01-02 03:04:05Z",
            "2020-01-02T03:04",
            "2020-1-2",
            "2020-02-30",
            "2020-01-02T03:04:05.123",
            "20200102",
            "off");
    private static final List<String> TIMES = List.of(
            "08:00",
            "23:59",
            "24:00",
            "9:00",
            "12:60",
            "",
            "Mon-10:00",
            "tuesday-00:30",
            "Tues-10:00",
            "-10:00",
            "Mon-Tue-10:00");

    /// What the manual of TrueNAS writes and rclone refuses.
    private static final Pattern WIDER = Pattern.compile("(?i).*[kmgtpe]b(?![a-z]).*", Pattern.DOTALL);

    @TempDir
    Path empty;

    private Optional<Rclone> running = Optional.empty();

    @BeforeAll
    void startRclone() {
        assumeTrue(Rclone.isInstalled(), "rclone is not installed");
        running = Optional.of(Rclone.start());
    }

    @AfterAll
    void stopRclone() {
        running.ifPresent(Rclone::close);
    }

    @Test
    void ratesMeanWhatTheyMeanToRclone() {
        var random = new Random(5);
        for (int i = 0; i < TEXTS; i++) {
            String text = random.nextInt(4) == 0 ? size(random) + ":" + size(random) : size(random);
            Rclone.Answer answer = running.orElseThrow().call("core/bwlimit", Map.of("rate", text));
            if (answer.error().isPresent()) {
                assertThat(isTaken(BandwidthLimit::parse, text))
                        .as(text)
                        .isEqualTo(WIDER.matcher(text).matches() && isNarrowlyRight(text));
                continue;
            }
            BandwidthLimit limit = BandwidthLimit.parse(text);
            assertThat(String.valueOf(limit.upload().orElse(-1))).as(text).isEqualTo(answer.field("bytesPerSecondTx"));
            assertThat(String.valueOf(limit.download().orElse(-1)))
                    .as(text)
                    .isEqualTo(answer.field("bytesPerSecondRx"));
            assertThat(canonicalOfRclone(limit)).as(text).isEqualTo(answer.field("rate"));
        }
    }

    /// Whether it is right but for the B after a unit.
    private static boolean isNarrowlyRight(String text) {
        return isTaken(BandwidthLimit::parse, text.replaceAll("(?i)([kmgtpe])b(?![a-z])", "$1"));
    }

    /// Rclone writes bytes without a unit, which it would read as KiB.
    private static String canonicalOfRclone(BandwidthLimit limit) {
        return limit.toString().replaceAll("(?<=[0-9])B", "");
    }

    @Test
    void sizesAreTakenAndRefusedAsByRclone() {
        var random = new Random(6);
        for (int i = 0; i < TEXTS; i++) {
            String text = size(random);
            assertThat(isTaken(ByteSize::parseOrOff, text)).as(text).isEqualTo(isTakenByRclone("MaxSize", text));
        }
    }

    @Test
    void agesAreTakenAndRefusedAsByRclone() {
        var random = new Random(7);
        Stream<String> made = random.ints(TEXTS, 0, NUMBERS.size())
                .mapToObj(number -> NUMBERS.get(number) + AGE_UNITS.get(random.nextInt(AGE_UNITS.size())));
        assertThat(Stream.concat(made, DATES.stream()))
                .allSatisfy(text -> assertThat(isTaken(age -> Age.parse(age, ZoneOffset.UTC), text))
                        .as(text)
                        .isEqualTo(isTakenByRclone("MaxAge", text)));
    }

    @Test
    void timetablesAreTakenAndRefusedAsByRclone() {
        var random = new Random(8);
        for (int i = 0; i < TEXTS; i++) {
            String text = random.ints(2 + random.nextInt(2), 0, TIMES.size())
                    .mapToObj(time ->
                            TIMES.get(random.nextInt(3) == 0 ? time : 6 + random.nextInt(2) - 6 * random.nextInt(2))
                                    + (random.nextInt(12) == 0 ? "" : ",")
                                    + size(random))
                    .collect(Collectors.joining(" "));
            String error = running.orElseThrow()
                    .call("core/bwlimit", Map.of("rate", text))
                    .error()
                    .orElse("");
            boolean taken = error.isEmpty() || error.contains("need exactly 1 bandwidth setting");
            if (!WIDER.matcher(text).matches() && !hasMoreBlanks(text)) {
                assertThat(isTaken(BandwidthSchedule::parse, text))
                        .as("%s: %s", text, error)
                        .isEqualTo(taken);
            }
        }
    }

    /// Rclone before 1.68 takes exactly one blank between entries.
    private static boolean hasMoreBlanks(String text) {
        return text.contains("  ") || !text.equals(text.strip());
    }

    private static String size(Random random) {
        return random.nextInt(12) == 0
                ? "off"
                : NUMBERS.get(random.nextInt(NUMBERS.size())) + UNITS.get(random.nextInt(UNITS.size()));
    }

    private boolean isTakenByRclone(String option, String text) {
        return running.orElseThrow()
                .walk(empty.toString(), Map.of(option, text))
                .error()
                .isEmpty();
    }

    private static boolean isTaken(Consumer<String> parser, String text) {
        try {
            parser.accept(text);
            return true;
        } catch (SpecException refused) {
            return false;
        }
    }
}
