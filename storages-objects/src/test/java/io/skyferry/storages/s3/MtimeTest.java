package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MtimeTest {
    @Test
    void headerInItsUsualFormIsReadAsTheGeneralParserReadsIt() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 16_000_000_000L));
            // The general form leaves out the zero of a day; servers send it.
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
            String usual = text.charAt(6) == ' ' ? text.substring(0, 5) + "0" + text.substring(5) : text;

            assertThat(Mtime.ofHeader(usual)).as(usual).contains(time);
            assertThat(Mtime.ofHeader(text)).as(text).contains(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Sun, 06 Nov 1994 08:49:37 XYZ",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "1994-11-06T08:49:37Z        ",
            })
    void headerThatIsNoTimeTellsNone(String text) {
        assertThat(Mtime.ofHeader(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1600000000.123456789, 2020-09-13T12:26:40.123456789Z",
        "1600000000, 2020-09-13T12:26:40Z",
        "-1.5, 1969-12-31T23:59:58.500Z",
    })
    void metadataKeepsNanosecondsBothWays(String text, Instant time) {
        assertThat(Mtime.read(text)).contains(time);
        assertThat(Mtime.write(time)).isEqualTo(text);
    }
}
