package io.skyferry.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/// How values are shown to people.
public final class Shown {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Shown() {}

    /// A moment in three manners.
    ///
    /// @param iso for machines
    /// @param whole with seconds and zone
    /// @param brief to the minute
    /// @param ago as seen from now: `3 min ago`, `in 2 h`
    public record Moment(String iso, String whole, String brief, String ago) {}

    /// A moment, as seen from another one.
    public static Moment moment(Instant at, Instant now, ZoneId zone) {
        var there = at.atZone(zone);
        return new Moment(at.toString(), WHOLE.format(there), SHORT.format(there), ago(at, now));
    }

    private static String ago(Instant at, Instant now) {
        var distance = Duration.between(at, now);
        String words = rough(distance.abs());
        if (words.isEmpty()) {
            return "just now";
        }
        return distance.isNegative() ? "in " + words : words + " ago";
    }

    private static String rough(Duration distance) {
        long seconds = distance.toSeconds();
        if (seconds < 5) {
            return "";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (distance.toMinutes() < 60) {
            return distance.toMinutes() + " min";
        }
        if (distance.toHours() < 48) {
            return distance.toHours() + " h";
        }
        return distance.toDays() + " days";
    }

    /// How long something took: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`.
    public static String duration(Duration length) {
        if (length.toSeconds() < 1) {
            return length.toMillis() + " ms";
        }
        if (length.toMinutes() < 1) {
            return length.toSeconds() + " s";
        }
        if (length.toHours() < 1) {
            return "%s min %s s".formatted(length.toMinutes(), length.toSecondsPart());
        }
        return "%s h %s min".formatted(length.toHours(), length.toMinutesPart());
    }

    /// A number of bytes: `0 B`, `1.5 MiB`.
    public static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 || value >= 100
                ? "%s %s".formatted(Math.round(value), UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /// A number with its thousands apart: `12 345`, by a space that does not break.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /// One thing or many of it: `1 file`, `3 files`.
    public static String count(long number, String one, String many) {
        return count(number) + "\u00a0" + (number == 1 ? one : many);
    }

    /// A name as it can be read: what would be unseen, or would turn the text around it, is made visible. Templates
    /// put it into `<bdi>`.
    public static String name(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isUnseen(point)) {
                shown.append("\u27e8U+")
                        .append(HexFormat.of().withUpperCase().toHexDigits(point, 4))
                        .append('\u27e9');
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /// Some lines as they can be read, as [#name] for each.
    public static String lines(String text) {
        return text.lines().map(Shown::name).collect(Collectors.joining("\n"));
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
