package io.skyferry.storages.s3;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Modification times as rclone keeps them in metadata: seconds since 1970 with up to nine digits behind the point.
///
/// Source: rclone's S3 page, section "Modification times and hashes".
final class Mtime {
    /// The metadata field, without what all of them begin with.
    static final String FIELD = "mtime";

    private static final int NANO_DIGITS = 9;

    private Mtime() {}

    static String write(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// Empty for what is no time.
    static Optional<Instant> read(String text) {
        try {
            var seconds = new BigDecimal(text.strip());
            if (seconds.precision() - seconds.scale() > 15) {
                return Optional.empty();
            }
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            return Optional.of(Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(NANO_DIGITS).longValue()));
        } catch (NumberFormatException | ArithmeticException | DateTimeException none) {
            // Somebody else's field of that name: the server's own time has to do.
            return Optional.empty();
        }
    }

    /// The time of a header such as `Last-Modified`; empty for what is none.
    static Optional<Instant> ofHeader(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            // Servers that tell no time are asked for none.
            return Optional.empty();
        }
    }
}
