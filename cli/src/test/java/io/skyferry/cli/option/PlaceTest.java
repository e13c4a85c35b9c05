package io.skyferry.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.StorageSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    private static final String HERE = System.getProperty("user.dir");

    @ParameterizedTest
    @CsvSource({
        "/mnt/backup, /mnt/backup",
        "/mnt/a:b, /mnt/a:b",
        "/, /",
        "C:\\data, C:\\data",
        "c:/data, c:/data",
        "local:/mnt, /mnt",
    })
    void absolutePathsAreTakenAsTheyAre(String typed, String path) {
        assertThat(Place.parse(typed).spec(Map.of()).settings()).containsEntry("path", path);
    }

    @ParameterizedTest
    @CsvSource({"., ''", "./, ''", "photos, /photos", "./a:b, /a:b", "././x, /x", "../up, /../up", "local:, ''"})
    void relativePathsBeginInTheCurrentFolder(String typed, String below) {
        assertThat(Place.parse(typed).spec(Map.of()).settings()).containsEntry("path", HERE + below);
    }

    @ParameterizedTest
    @CsvSource({
        "s3:bucket, s3, bucket",
        "my nas:, my nas, ''",
        "a:b, a, b",
        "x_1.y-z:/abs, x_1.y-z, /abs",
        "größe:b:c, größe, b:c"
    })
    void whatStandsBeforeAColonIsAName(String typed, String name, String path) {
        assertThat(Place.parse(typed).spec(Map.of())).isEqualTo(new StorageSpec(name, Map.of("path", path)));
    }

    @Test
    void settingsAreKept() {
        assertThat(Place.parse("/x").spec(Map.of("links", "follow")).settings())
                .containsOnly(Map.entry("links", "follow"), Map.entry("path", "/x"));
    }
}
