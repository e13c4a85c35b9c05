package io.skyferry.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.000 KiB",
        "1536, 1.500 KiB",
        "1025, 1.001 KiB",
        "1048575, 1023.999 KiB",
        "1073741823, 1024.000 MiB",
        "1048576, 1.000 MiB",
        "9223372036854775807, 8.000 EiB"
    })
    void bytesAreInUnitsOf1024(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0s",
        "PT0.049S, 0.0s",
        "PT0.05S, 0.1s",
        "PT1.234S, 1.2s",
        "PT59.96S, 60.0s",
        "PT1M, 1m0s",
        "PT2H10S, 2h0m10s",
        "P1DT2H5M, 1d2h"
    })
    void timesAreShort(Duration time, String text) {
        assertThat(Amounts.time(time)).isEqualTo(text);
    }

    @Test
    void shareOfNothingIsNone() {
        assertThat(Amounts.share(0, 0)).isEqualTo("-");
        assertThat(Amounts.share(1, 3)).isEqualTo("33%");
        assertThat(Amounts.share(9, 3)).isEqualTo("100%");
    }
}
