package io.skyferry.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "104857600, 100 MiB",
        "9223372036854775807, 8.0 EiB"
    })
    void bytesHaveTheUnitThatFits(long bytes, String words) {
        assertThat(Shown.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, just now",
        "PT-10S, in 10 s",
        "PT10S, 10 s ago",
        "PT3M, 3 min ago",
        "PT47H, 47 h ago",
        "P5D, 5 days ago"
    })
    void momentsAreToldAsSeenFromNow(Duration ago, String words) {
        assertThat(Shown.moment(NOW.minus(ago), NOW, ZoneId.of("UTC")).ago()).isEqualTo(words);
    }

    @Test
    void momentsAreInTheZoneOfTheService() {
        assertThat(Shown.moment(NOW, NOW, ZoneId.of("Asia/Tokyo")).whole()).isEqualTo("2026-11-21 21:00:00 +09:00");
    }

    @Test
    void whatIsUnseenInNamesIsMadeVisible() {
        assertThat(Shown.name("a\nb\u202ec\u200bd\u0007e"))
                .isEqualTo("a\u27e8U+000A\u27e9b\u27e8U+202E\u27e9c\u27e8U+200B\u27e9d\u27e8U+0007\u27e9e");
        assertThat(Shown.name("lone \ud800")).isEqualTo("lone \u27e8U+D800\u27e9");
        assertThat(Shown.name("\u0645\u0644\u0641 \ud83d\ude00 \u00e4"))
                .isEqualTo("\u0645\u0644\u0641 \ud83d\ude00 \u00e4");
    }
}
