package io.skyferry.storages.s3;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
    private static final int SECOND_DIGITS = 11;

    /// A date in a header: digits, letters, and what stands between.
    private static final String FORM = "aaa, 00 aaa 0000 00:00:00 GMT";

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private Mtime() {}

    static String write(Instant time) {
        return time.getEpochSecond() < 0 ? writeEarly(time) : writeUsual(time);
    }

    private static String writeUsual(Instant time) {
        String seconds = Long.toString(time.getEpochSecond());
        int rest = time.getNano();
        if (rest == 0) {
            return seconds;
        }
        int digits = NANO_DIGITS;
        for (; rest % 10 == 0; rest /= 10) {
            digits--;
        }
        String behind = Integer.toString(rest);
        return seconds + "." + "0".repeat(digits - behind.length()) + behind;
    }

    /// Before 1970 the seconds go down and the nanoseconds go up.
    private static String writeEarly(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond())
                .add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// Empty for what is no time.
    static Optional<Instant> read(String text) {
        Optional<Instant> usual = readUsual(text);
        return usual.isPresent() ? usual : readAny(text);
    }

    /// The one form that rclone and we write after 1970, without the weight of numbers of any length: each object has
    /// one. Empty for every other form.
    private static Optional<Instant> readUsual(String text) {
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        int behind = point < 0 ? 0 : text.length() - point - 1;
        if (end == 0 || end > SECOND_DIGITS || behind > NANO_DIGITS || (point >= 0 && behind == 0)) {
            return Optional.empty();
        }
        long seconds = digits(text, 0, end);
        long nanos = digits(text, text.length() - behind, text.length());
        if (seconds < 0 || nanos < 0) {
            return Optional.empty();
        }
        for (int i = behind; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    /// Less than zero where something else stands there too.
    private static long digits(String text, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static Optional<Instant> readAny(String text) {
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
        Optional<Instant> usual = ofUsual(text);
        if (usual.isPresent()) {
            return usual;
        }
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            // Servers that tell no time are asked for none.
            return Optional.empty();
        }
    }

    /// The one form that servers may send, `Sun, 06 Nov 1994 08:49:37 GMT`, without the weight of a general
    /// parser: each reply has one or two. Empty for every other form.
    private static Optional<Instant> ofUsual(String text) {
        if (text.length() != FORM.length()) {
            return Optional.empty();
        }
        for (int i = 0; i < FORM.length(); i++) {
            char wanted = FORM.charAt(i);
            char c = text.charAt(i);
            boolean fits = wanted == '0' ? c >= '0' && c <= '9' : wanted == 'a' || c == wanted;
            if (!fits) {
                return Optional.empty();
            }
        }
        int month = MONTHS.indexOf(text.substring(8, 11));
        if (month < 0 || month % 3 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(text, 12, 16),
                            month / 3 + 1,
                            number(text, 5, 7),
                            number(text, 17, 19),
                            number(text, 20, 22),
                            number(text, 23, 25))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
