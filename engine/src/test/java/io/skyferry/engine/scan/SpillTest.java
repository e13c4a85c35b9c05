package io.skyferry.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import io.skyferry.testkit.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
    private final Path folder;

    SpillTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static <T> List<T> all(Iterator<T> items) {
        List<T> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        return all;
    }

    /// Lines from none to several blocks long, some with bytes that are no UTF-8.
    private static String line(RandomGenerator random, int size) {
        int length = random.nextInt(50) == 0 ? random.nextInt(150_000) : random.nextInt(size + 1);
        return (random.nextBoolean() ? "x" : "\u00e4\udc80").repeat(length / 2);
    }

    private long filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void linesComeBackInBothOrdersWhereverTheyLie() {
        Cases.of(200, (random, size) -> {
            List<String> lines = new ArrayList<>();
            try (var spill = new Spill(folder, "test", random.nextInt(3) * 5)) {
                for (int i = random.nextInt(size + 1); i > 0; i--) {
                    lines.add(line(random, size * 4));
                    spill.add(lines.getLast());
                }
                assertThat(spill.count()).isEqualTo(lines.size());
                assertThat(all(spill.forward())).isEqualTo(lines);
                assertThat(all(spill.backward())).isEqualTo(lines.reversed());
                assertThat(all(spill.forward())).isEqualTo(lines);
            }
            assertThat(filesLeft()).isZero();
        });
    }

    @Test
    void fewLinesNeedNoFile() throws IOException {
        try (var spill = new Spill(folder, "few")) {
            spill.add("one");
            assertThat(filesLeft()).isZero();
        }
    }

    @Test
    void linesAreSortedByTheBytesOfTheirKeysWhateverTheirNumber() throws IOException {
        List<String> keys = new ArrayList<>();
        try (var sort = new SpilledSort(folder, 100_000)) {
            String filling = "\tx\n\\".repeat(10);
            for (int i = 0; i < 9_000; i++) {
                // Beyond the basic plane UTF-16 sorts otherwise than bytes do.
                String key = (i % 3 == 0 ? "\ud83d\ude00" : i % 3 == 1 ? "\uff5e" : "a") + (i * 7_919 % 9_000);
                keys.add(key);
                sort.add(key, key + filling);
            }
            assertThat(filesLeft()).isPositive();
            List<SpilledSort.Line> sorted = all(sort.sorted());
            assertThat(sorted)
                    .extracting(SpilledSort.Line::key)
                    .isEqualTo(keys.stream()
                            .sorted(Comparator.comparing(RelPath::bytesOf, Arrays::compareUnsigned))
                            .toList());
            assertThat(sorted).allMatch(line -> line.text().equals(line.key() + filling));
        }
        assertThat(filesLeft()).isZero();
    }

    @Test
    void linesOfOneKeyKeepTheirOrderAcrossRunsOnDisk() throws IOException {
        String filling = "x".repeat(100);
        List<String> wanted = new ArrayList<>();
        // More runs than are merged at once.
        try (var sort = new SpilledSort(folder, 5_000)) {
            for (int i = 0; i < 2_800; i++) {
                sort.add("same", i + filling);
                wanted.add(Integer.toString(i));
            }
            Iterator<SpilledSort.Line> sorted = sort.sorted();
            List<String> numbers = new ArrayList<>();
            sorted.forEachRemaining(
                    line -> numbers.add(line.text().substring(0, line.text().indexOf('x'))));
            assertThat(numbers).isEqualTo(wanted);
        }
        assertThat(filesLeft()).isZero();
    }

    @Test
    void nothingSortsToNothing() {
        try (var sort = new SpilledSort(folder)) {
            assertThat(sort.sorted().hasNext()).isFalse();
        }
    }
}
