package io.skyferry.limits;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one age.
final class AgeParser {
    private static final Pattern DATE = Pattern.compile("(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
            + "(?:(?<gap>[T ])(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)"
            + "(?<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?");
    private static final String CLOCK_UNIT = "(?:ns|us|\u00B5s|\u03BCs|ms|s|m|h)";
    private static final Pattern CLOCK =
            Pattern.compile("[+-]?(?:(?:[0-9]{1,18}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})" + CLOCK_UNIT + ")+");
    private static final Pattern PIECE = Pattern.compile("([0-9.]+)(" + CLOCK_UNIT + ")");
    private static final Duration LONGEST = Duration.ofDays(365L * 100_000);

    private final String text;
    private final ZoneId zone;

    AgeParser(String text, ZoneId zone) {
        this.text = text;
        this.zone = zone;
    }

    Age parse() {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return moment(date);
        }
        return new Age.Span(CLOCK.matcher(text).matches() ? clockSpan() : calendarSpan());
    }

    private Age moment(Matcher date) {
        Optional<String> offset = Optional.ofNullable(date.group("offset"));
        if (offset.isPresent() && date.group("gap").equals(" ")) {
            throw new SpecException(
                    text, 10, "Want 'T' between date and time where an offset follows but have a blank");
        }
        try {
            LocalTime time = Optional.ofNullable(date.group("time"))
                    .map(LocalTime::parse)
                    .orElse(LocalTime.MIDNIGHT);
            LocalDateTime local = LocalDate.parse(date.group("day")).atTime(time);
            ZoneId meant = offset.<ZoneId>map(ZoneOffset::of).orElse(zone);
            return new Age.Moment(local.atZone(meant).toInstant());
        } catch (DateTimeException badDate) {
            var refused = new SpecException(
                    text, 0, "Want a date of the calendar but have '%s' (%s)".formatted(text, badDate.getMessage()));
            refused.initCause(badDate);
            throw refused;
        }
    }

    private Duration clockSpan() {
        Duration sum = Duration.ZERO;
        Matcher piece = PIECE.matcher(text);
        while (piece.find()) {
            sum = sum.plus(times(piece.group(1), clockUnit(piece.group(2))));
        }
        return text.startsWith("-") ? sum.negated() : sum;
    }

    private static Duration clockUnit(String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            case "ms" -> Duration.ofMillis(1);
            case "ns" -> Duration.ofNanos(1);
            default -> Duration.ofNanos(1000);
        };
    }

    private Duration calendarSpan() {
        if (text.isEmpty()) {
            throw new SpecException(text, 0, "Want an age such as '90', '1h30m' or '7d' but have nothing");
        }
        String digits = text.substring(0, text.length() - 1);
        return switch (text.charAt(text.length() - 1)) {
            case 'd' -> times(digits, Duration.ofDays(1));
            case 'w' -> times(digits, Duration.ofDays(7));
            case 'M' -> times(digits, Duration.ofDays(30));
            case 'y' -> times(digits, Duration.ofDays(365));
            default -> times(text, Duration.ofSeconds(1));
        };
    }

    private Duration times(String digits, Duration unit) {
        BigDecimal seconds = Decimal.read(digits)
                .orElseThrow(this::unreadable)
                .multiply(BigDecimal.valueOf(unit.toNanos()).movePointLeft(9));
        if (seconds.abs().compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw new SpecException(text, 0, "Want less than 100000 years but have '%s'".formatted(text));
        }
        long whole = seconds.longValue();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Duration.ofSeconds(whole, nanos);
    }

    private SpecException unreadable() {
        int odd = 0;
        while (odd < text.length() && "+-.0123456789".indexOf(text.charAt(odd)) >= 0) {
            odd++;
        }
        return new SpecException(
                text,
                odd,
                "Want an age such as '90', '1h30m', '7d' (units ms s m h d w M y) or a date such as '2026-11-21'"
                        + " or '2026-11-21T08:00:00' but have '%s'".formatted(text));
    }
}
