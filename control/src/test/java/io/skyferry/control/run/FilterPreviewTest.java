package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Filter;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPreviewTest {
    private final MemoryStorage storage = new MemoryStorage(Traits.DISK.paged(2));

    private static Filter filter(FilterFlags flags) {
        return flags.build(
                ZonedDateTime.of(2026, 11, 21, 0, 0, 0, 0, ZoneOffset.UTC), _ -> "", new SplittableRandom(1));
    }

    private static Filter rules(String... rules) {
        FilterFlags flags = FilterFlags.NONE;
        for (String rule : rules) {
            flags = flags.with(FilterFlag.FILTER, rule);
        }
        return filter(flags);
    }

    private List<String> shown(Filter filter, FilterPreview.Depth depth) {
        return FilterPreview.of(storage, filter, depth, new CancelFlag()).rows().stream()
                .map(row -> "%s %s%s"
                        .formatted(
                                row.passes() ? "+" : "-",
                                row.path().text(),
                                row.rule().map(rule -> " by " + rule).orElse("")))
                .toList();
    }

    @Test
    void ageThatIsNotListedIsLookedUp() {
        var bucket = new MemoryStorage(Traits.OBJECTS);
        bucket.backdoor().put(new RelPath("old"), new byte[1], Instant.parse("2024-01-01T00:00:00Z"));
        bucket.backdoor().put(new RelPath("new"), new byte[1], Instant.parse("2026-11-20T00:00:00Z"));
        Filter old = filter(FilterFlags.NONE.with(FilterFlag.MIN_AGE, "30d"));
        assertThat(FilterPreview.of(bucket, old, FilterPreview.Depth.USUAL, new CancelFlag())
                        .rows())
                .filteredOn(FilterPreview.Row::passes)
                .extracting(row -> row.path().text())
                .containsExactly("old");
    }

    @Test
    void eachFileIsToldWithTheRuleThatDecided() {
        for (String path : List.of("a.txt", "b.tmp", "photos/1.jpg", "photos/2.tmp", "tmp/deep/x")) {
            storage.backdoor().put(path, "1");
        }
        assertThat(shown(rules("- *.tmp", "- /tmp/**"), FilterPreview.Depth.USUAL))
                .containsExactly(
                        "+ a.txt",
                        "- b.tmp by - *.tmp",
                        "+ photos",
                        "- tmp by - /tmp/**",
                        "+ photos/1.jpg",
                        "- photos/2.tmp by - *.tmp");
    }

    @Test
    void aFolderThatAMarkerLeavesOutIsNotLookedInto() {
        storage.backdoor().put("x/.nosync", "");
        storage.backdoor().put("x/a", "");
        storage.backdoor().put("x/below/b", "");
        FilterPreview preview = FilterPreview.of(
                storage,
                filter(FilterFlags.NONE.with(FilterFlag.EXCLUDE_IF_PRESENT, ".nosync")),
                FilterPreview.Depth.USUAL,
                new CancelFlag());
        assertThat(preview.passing()).isZero();
        assertThat(preview.files()).isEqualTo(2);
        assertThat(preview.rows()).noneMatch(row -> row.path().text().startsWith("x/below/"));
        assertThat(preview.rows())
                .filteredOn(row -> row.path().text().equals("x/a"))
                .allMatch(row -> row.why().contains(".nosync"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 100})
    void aLookEndsAndSaysSo(int most) {
        for (int i = 0; i < 20; i++) {
            storage.backdoor().put("d%s/f".formatted(i), "");
        }
        FilterPreview few = FilterPreview.of(storage, rules(), new FilterPreview.Depth(most, 1000), new CancelFlag());
        assertThat(few.rows()).hasSize(Math.min(most, 40));
        assertThat(few.isAll()).isEqualTo(most >= 40);
        FilterPreview shallow =
                FilterPreview.of(storage, rules(), new FilterPreview.Depth(1000, most), new CancelFlag());
        assertThat(shallow.files()).isEqualTo(Math.min(20, most - 1));
        assertThat(shallow.isAll()).isEqualTo(most > 20);
    }
}
