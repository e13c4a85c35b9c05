package io.skyferry.storages.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.testkit.Cases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final byte[] NOTHING = {};

    private static List<byte[]> names(NameTable table) {
        List<byte[]> names = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            byte[] name = new byte[table.length(i)];
            table.copyTo(i, name, 0);
            names.add(name);
        }
        return names;
    }

    @Test
    void namesComeBackSortedByTheirBytes() {
        Cases.of(300, (random, size) -> {
            NameTable table = new NameTable();
            List<byte[]> expected = new ArrayList<>();
            int count = random.nextInt(1, 2 + size * 40);
            byte[] prefix = new byte[random.nextInt(40)];
            Arrays.fill(prefix, (byte) 'p');
            for (int i = 0; i < count; i++) {
                byte[] name = Arrays.copyOf(prefix, prefix.length + random.nextInt(1, 20));
                for (int at = prefix.length; at < name.length; at++) {
                    name[at] = (byte) (random.nextInt(8) == 0 ? random.nextInt(1, 256) : 'a' + random.nextInt(3));
                }
                table.add(i & 7, name, 0, name.length, NOTHING);
                expected.add(name);
            }
            table.sort();
            expected.sort(Arrays::compareUnsigned);
            assertThat(names(table)).containsExactlyElementsOf(expected);
        });
    }

    @Test
    void namesAsTheyAreOftenNumberedAreSortedWhateverTheirOrder() {
        for (int step : new int[] {1, 7, 9_999}) {
            NameTable table = new NameTable();
            for (int i = 0; i < 10_000; i++) {
                byte[] name = "holiday-picture-%s.jpeg"
                        .formatted(10_000 + (long) i * step % 10_000)
                        .getBytes(StandardCharsets.US_ASCII);
                table.add(0, name, 0, name.length, NOTHING);
            }
            table.sort();
            assertThat(names(table))
                    .isSortedAccordingTo(Arrays::compareUnsigned)
                    .hasSize(10_000);
        }
    }

    @Test
    void suffixIsSortedWithItsName() {
        NameTable table = new NameTable();
        for (String name : List.of("a/", "a-b", "a.b", "a0", "a")) {
            byte[] bytes = name.replace("/", "").getBytes(StandardCharsets.US_ASCII);
            byte[] suffix = name.endsWith("/") ? new byte[] {'/'} : NOTHING;
            table.add(suffix.length, bytes, 0, bytes.length, suffix);
        }
        table.sort();
        assertThat(names(table).stream().map(bytes -> new String(bytes, StandardCharsets.US_ASCII)))
                .containsExactly("a", "a-b", "a.b", "a/", "a0");
        assertThat(table.mark(3)).isEqualTo(1);
    }

    @Test
    void tableThatWasClearedIsAsGoodAsNew() {
        NameTable table = new NameTable();
        byte[] name = new byte[300];
        Arrays.fill(name, (byte) 'n');
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1_000; i++) {
                name[0] = (byte) (1 + i % 200);
                table.add(i % 100, name, 0, 1 + i % 300, NOTHING);
            }
            table.sort();
            assertThat(names(table)).hasSize(1_000).isSortedAccordingTo(Arrays::compareUnsigned);
            table.clear();
            assertThat(table.size()).isZero();
        }
    }
}
