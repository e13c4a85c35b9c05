package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "photo.jpg, image/jpeg",
        "PHOTO.JPEG, image/jpeg",
        "a/b.c/page.html, text/html; charset=utf-8",
        "notes.txt, text/plain; charset=utf-8",
        "archive.tar.gz, application/gzip",
        "film.mkv, video/x-matroska",
        "font.woff2, font/woff2"
    })
    void nameTellsWhatAFileIs(String name, String type) {
        assertThat(ContentTypes.of(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a.", ".", "html", "a.html/b", "a.unknown", "a.somethinglong", "a.jpg ", "\uD83D.\uDE00"
            })
    void whatIsNotKnownIsBytes(String name) {
        assertThat(ContentTypes.of(name)).isEqualTo("application/octet-stream");
    }
}
