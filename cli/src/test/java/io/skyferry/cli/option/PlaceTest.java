package io.skyferry.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"s3:bucket", "my nas:", "a:b", "x_1.y-z:/abs"})
    void namesThatNobodyKnowsAreRefused(String typed) {
        assertThatThrownBy(() -> Place.parse(typed))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'./%s'".formatted(typed));
    }

    @Test
    void settingsAreKept() {
        assertThat(Place.parse("/x").spec(Map.of("links", "follow")).settings())
                .containsOnly(Map.entry("links", "follow"), Map.entry("path", "/x"));
    }

    @ParameterizedTest
    @CsvSource({"crypt:/x, crypt, /x", "crypt:local:/x, crypt, /x", "crypt:synology:/x, crypt synology, /x"})
    void layersStandBeforeAPlace(String typed, String layers, String path) {
        Place place = Place.parse(typed);
        assertThat(place.layers()).containsExactly(layers.split(" "));
        assertThat(place.root()).isEqualTo(path);
        assertThat(place.text()).isEqualTo(typed);
    }

    @Test
    void folderThatIsCalledLikeALayerIsSpeltOut() {
        assertThat(Place.parse("./crypt:x").layers()).isEmpty();
    }
}
