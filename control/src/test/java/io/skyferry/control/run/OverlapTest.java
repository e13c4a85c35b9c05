package io.skyferry.control.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.options.Mode;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageIdentity;
import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    @ParameterizedTest
    @CsvSource({
        "/a, /a, COPY",
        "/a, /a, SYNC",
        "/a, /a/b, COPY",
        "/a, /a/b, SYNC",
        "/, /b, MOVE",
        "/a/b, /a, SYNC",
        "/a/b, /a, MOVE",
    })
    void placesInEachOtherAreRefused(String source, String target, Mode mode) {
        assertThatThrownBy(() -> Overlap.refuse(mode, folder(source), folder(target), Selection.everything()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'%s'".formatted(source));
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /b, SYNC",
        "/a, /ab, SYNC",
        "/a/b, /a, COPY",
    })
    void otherPlacesGoTogether(String source, String target, Mode mode) {
        assertThatCode(() -> Overlap.refuse(mode, folder(source), folder(target), Selection.everything()))
                .doesNotThrowAnyException();
    }

    @Test
    void targetInSourceIsFineWhereAFilterLeavesItOut() {
        Selection withoutBackup = FilterFlags.NONE
                .with(FilterFlag.EXCLUDE, "/backup/**")
                .build(ZonedDateTime.parse("2026-11-21T00:00Z"), name -> "", RandomGenerator.getDefault());

        assertThatCode(() -> Overlap.refuse(Mode.SYNC, folder("/a"), folder("/a/backup"), withoutBackup))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"'', key", "key, ''", "key, other"})
    void placesInEachOtherAreRefusedWhateverKeysOpenThem(String sourceKey, String targetKey) {
        Selection withoutBackup = FilterFlags.NONE
                .with(FilterFlag.EXCLUDE, "/b/**")
                .build(ZonedDateTime.parse("2026-11-21T00:00Z"), name -> "", RandomGenerator.getDefault());
        var source = new StorageIdentity("local", "", "/a", "disk", sourceKey);
        var inner = new StorageIdentity("local", "", "/a/b", "disk", targetKey);

        assertThatThrownBy(() -> Overlap.refuse(Mode.COPY, source, inner, Selection.everything()))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Overlap.refuse(Mode.SYNC, inner, source, Selection.everything()))
                .isInstanceOf(RefusedException.class);
        if (!sourceKey.isEmpty()) {
            assertThatThrownBy(() -> Overlap.refuse(Mode.SYNC, source, inner, withoutBackup))
                    .as("filters know plain names alone")
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void samePathElsewhereIsAnotherPlace() {
        var there = new StorageIdentity("local", "nas", "/a", "", "");

        assertThat(Overlap.below(folder("/a"), there)).isEmpty();
        assertThat(Overlap.below(folder("/"), folder("/a/b"))).contains(new RelPath("a/b"));
    }

    private static StorageIdentity folder(String path) {
        return new StorageIdentity("local", "", path, "disk", "");
    }
}
