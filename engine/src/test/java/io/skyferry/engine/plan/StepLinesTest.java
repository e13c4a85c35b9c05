package io.skyferry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.scan.EntryLines;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Version;
import io.skyferry.testkit.Cases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StepLinesTest {
    /// What parts fields, lines and escapes, what is no UTF-8, and what looks like an absent field.
    private static final String[] HOSTILE = {
        "\t",
        "\n",
        "\r",
        "\\",
        "\\t",
        "\\\\",
        " ",
        ",",
        "=",
        "?",
        "-",
        "F",
        "\u0085",
        "\u2028",
        "\udc80",
        "\udcff",
        "\u0001",
        "\u007f",
        "e\u0301",
        "\ud83d\ude00",
        "a",
        "\\n\t\\"
    };

    private static String text(RandomGenerator random, int size) {
        var text = new StringBuilder();
        for (int i = random.nextInt(size + 1); i >= 0; i--) {
            text.append(HOSTILE[random.nextInt(HOSTILE.length)]);
        }
        return text.toString();
    }

    private static RelPath path(RandomGenerator random, int size) {
        String text = text(random, size);
        return new RelPath(random.nextBoolean() ? text : text + "/" + text(random, size));
    }

    private static <T> Optional<T> sometimes(RandomGenerator random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private static Entry.File file(RandomGenerator random, int size) {
        ModTime time = switch (random.nextInt(4)) {
            case 0 -> new ModTime.NotListed();
            case 1 -> new ModTime.NotKept();
            case 2 -> new ModTime.Known(Instant.ofEpochSecond(random.nextLong(-100_000, 100_000), random.nextInt(10)));
            default -> new ModTime.Known(Instant.ofEpochSecond(random.nextLong(1L << 40), 999_999_999));
        };
        Map<HashType, String> hashes = new EnumMap<>(HashType.class);
        for (HashType type : HashType.values()) {
            if (random.nextInt(3) == 0) {
                hashes.put(type, Long.toHexString(random.nextLong()));
            }
        }
        return new Entry.File(
                path(random, size),
                random.nextInt(4) == 0 ? Entry.File.UNKNOWN_SIZE : random.nextLong(Long.MAX_VALUE),
                time,
                hashes,
                sometimes(random, new Version(text(random, size))),
                sometimes(random, new ItemId(text(random, size))),
                sometimes(random, new Seal(text(random, size))));
    }

    private static Step step(RandomGenerator random, int size) {
        Entry.File one = file(random, size);
        Entry.File other = file(random, size);
        return switch (random.nextInt(8)) {
            case 0 -> new Step.Transfer(one, path(random, size), sometimes(random, other));
            case 1 -> new Step.CopyAtTarget(one, other, path(random, size), sometimes(random, file(random, size)));
            case 2 -> new Step.Rename(one, other, path(random, size));
            case 3 -> new Step.SetTime(one, other);
            case 4 -> new Step.DeleteTarget(one);
            case 5 -> new Step.DeleteSource(one, sometimes(random, other));
            case 6 -> new Step.MakeDirectory(path(random, size));
            default -> new Step.RemoveDirectory(path(random, size));
        };
    }

    @Test
    void everyStepComesBackFromItsLine() {
        Cases.of(2_000, (random, size) -> {
            Step step = step(random, size / 8);
            String line = StepLines.write(step);
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(StepLines.read(line)).isEqualTo(step);
        });
    }

    @Test
    void everyEntryComesBackFromItsLine() {
        Cases.of(2_000, (random, size) -> {
            Entry entry = switch (random.nextInt(3)) {
                case 0 -> new Entry.Directory(path(random, size / 8), sometimes(random, new ItemId("7")));
                case 1 ->
                    new Entry.Special(
                            path(random, size / 8),
                            random.nextBoolean() ? Entry.SpecialKind.SYMBOLIC_LINK : Entry.SpecialKind.PIPE);
                default -> file(random, size / 8);
            };
            String line = EntryLines.write(entry);
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(EntryLines.read(line)).isEqualTo(entry);
        });
    }

    @Test
    void fieldsComeBackAsTheyWere() {
        Cases.of(1_000, (random, size) -> {
            List<String> fields = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                fields.add(random.nextInt(4) == 0 ? "" : text(random, size / 4));
            }
            List<String> back = EntryLines.split(EntryLines.join("kind", fields));
            assertThat(back.getFirst()).isEqualTo("kind");
            assertThat(back.subList(1, back.size())).isEqualTo(fields);
        });
    }

    @Test
    void lineThatIsNoStepIsRefused() {
        for (String line : List.of("", "walk\tx", "mkdir", "delete\tx\tD\\tx\\t", "transfer\tx", "rmdir\t../x")) {
            assertThatThrownBy(() -> StepLines.read(line)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
