package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
        "0.000000001, 1970-01-01T00:00:00.000000001Z",
        "7.05, 1970-01-01T00:00:07.050Z",
        "0, 1970-01-01T00:00:00Z",
        "99999999999, 5138-11-16T09:46:39Z",
        "100000000000, 5138-11-16T09:46:40Z",
    })
    void metadataKeepsNanosecondsBothWays(String text, Instant time) {
        assertThat(Mtime.read(text)).contains(time);
        assertThat(Mtime.write(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1.6E9, 2020-09-13T12:26:40Z",
        "+1600000000, 2020-09-13T12:26:40Z",
        "1600000000., 2020-09-13T12:26:40Z",
        ".5, 1970-01-01T00:00:00.500Z",
        "1600000000.1234567899, 2020-09-13T12:26:40.123456789Z",
    })
    void metadataOfOthersIsReadInAnyFormOfANumber(String text, Instant time) {
        assertThat(Mtime.read(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "yesterday", "1600000000,5", "16x0", "1.6.0", "9999999999999999"})
    void metadataThatIsNoTimeTellsNone(String text) {
        assertThat(Mtime.read(text)).isEmpty();
    }

    @Test
    void timesAreWrittenAndReadTheSameForAnyInstant() {
        var random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            // With any number of zeros at the end.
            int unit = Integer.parseInt("1" + "0".repeat(random.nextInt(10)));
            int nanos = random.nextInt(1_000_000_000) / unit * unit;
            Instant time = Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 16_000_000_000L), nanos);
            String text = Mtime.write(time);

            assertThat(Mtime.read(text)).as(text).contains(time);
            assertThat(new BigDecimal(text).stripTrailingZeros().toPlainString())
                    .isEqualTo(text);
        }
    }
}
