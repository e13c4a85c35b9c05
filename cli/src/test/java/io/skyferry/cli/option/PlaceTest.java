package io.skyferry.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
    @ValueSource(strings = {"s4:bucket", "my nas:", "a:b", "x_1.y-z:/abs"})
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

    @Test
    void bucketsAreTakenAsTheyAreWithSettingsOfTheirOwn() {
        var settings = Map.of("links", "skip", "s3.region", "eu-central-1");
        var bucket = Place.parse("s3:bucket/a path").spec(settings);
        assertThat(bucket.provider()).isEqualTo("s3");
        assertThat(bucket.settings()).isEqualTo(Map.of("path", "bucket/a path", "region", "eu-central-1"));
        assertThat(Place.parse("/mnt").spec(settings).settings()).isEqualTo(Map.of("path", "/mnt", "links", "skip"));
    }

    @Test
    void secretsThatWereTypedAreNotShown() {
        var typed = List.of(
                "sync",
                "--s3-secret-access-key",
                "hidden",
                "--s3-session-token=hidden",
                "--s3-option",
                "sse-customer-key=hidden",
                "--s3-option=secret-access-key=hidden",
                "--s3-region",
                "shown",
                "s3:b");
        assertThat(BucketOptions.withoutSecrets(typed))
                .containsExactly(
                        "sync",
                        "--s3-secret-access-key",
                        "...",
                        "--s3-session-token=...",
                        "--s3-option",
                        "...",
                        "--s3-option=secret-access-key=...",
                        "--s3-region",
                        "shown",
                        "s3:b");
    }
}
