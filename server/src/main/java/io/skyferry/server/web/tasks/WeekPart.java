package io.skyferry.server.web.tasks;

import io.skyferry.control.form.WeekGrid;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A bandwidth timetable as a week to paint on.
///
/// @param text that says the same
/// @param fault what is wrong with the text; empty: nothing
/// @param legend the limits that occur
public record WeekPart(String text, String fault, List<Row> rows, List<Limit> legend) {
    private static final int TONES = 5;
    private static final String OFF = "off";

    /// Makes the lists unchangeable.
    public WeekPart {
        rows = List.copyOf(rows);
        legend = List.copyOf(legend);
    }

    /// A day.
    public record Row(int number, String name, String brief, List<Cell> cells) {
        /// Makes the list unchangeable.
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// An hour.
    ///
    /// @param tone of its colour
    /// @param words for those who do not see it
    public record Cell(int hour, String tone, String words) {}

    /// A limit and its colour.
    public record Limit(String words, String tone) {}

    /// Of a text.
    static WeekPart of(String text) {
        try {
            return of(WeekGrid.of(text), text);
        } catch (IllegalArgumentException wrong) {
            return new WeekPart(text, String.valueOf(wrong.getMessage()), List.of(), List.of());
        }
    }

    /// The same after a stroke of the brush.
    ///
    /// @param from `DAY.HOUR`, from 1.0 to 7.23
    static WeekPart painted(String text, String from, String to, String limit) {
        try {
            WeekGrid grid = WeekGrid.of(text);
            WeekGrid painted = grid.painted(at(grid, from), at(grid, to), limit);
            return of(painted, painted.text());
        } catch (IllegalArgumentException wrong) {
            WeekPart before = of(text);
            return new WeekPart(text, String.valueOf(wrong.getMessage()), before.rows(), before.legend());
        }
    }

    private static WeekGrid.Cell at(WeekGrid grid, String place) {
        if (!place.matches("[1-7]\\.[0-9]{1,2}")) {
            throw new IllegalArgumentException("Want a day and an hour such as '1.23' but have '%s'".formatted(place));
        }
        return grid.at(Integer.parseInt(place.substring(0, 1)), Integer.parseInt(place.substring(2)));
    }

    private static WeekPart of(WeekGrid grid, String text) {
        List<String> limits = grid.legend();
        List<Row> rows = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            List<Cell> cells = grid.row(day).stream()
                    .map(cell -> new Cell(
                            cell.hour(),
                            cell.limits().size() > 1 ? "mixed" : tone(limits, cell.words()),
                            "%s %s:00: %s".formatted(name, cell.hour(), cell.isFree() ? "no limit" : spoken(cell))))
                    .toList();
            rows.add(new Row(day.getValue(), name, day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH), cells));
        }
        List<Limit> legend = limits.stream()
                .map(limit -> new Limit(limit.equals(OFF) ? "no limit" : rate(limit), tone(limits, limit)))
                .toList();
        return new WeekPart(text, "", rows, legend);
    }

    /// A timetable as people say it: `08:00 512 KiB/s, 18:00 no limit`.
    static String words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .map(slot -> slot.split(",", 2))
                .map(slot -> slot.length == 1 ? rate(slot[0]) : "%s %s".formatted(slot[0], rate(slot[1])))
                .collect(Collectors.joining(", "));
    }

    private static String spoken(WeekGrid.Cell cell) {
        return Arrays.stream(cell.words().split(", ", -1)).map(WeekPart::rate).collect(Collectors.joining(", then "));
    }

    /// `512 KiB/s`, `10 MiB/s up, no limit down`.
    private static String rate(String limit) {
        String[] both = limit.split(":", -1);
        return both.length == 1 ? one(both[0]) : "%s up, %s down".formatted(one(both[0]), one(both[1]));
    }

    private static String one(String rate) {
        return rate.equals(OFF)
                ? "no limit"
                : rate.replaceFirst("B?$", "").replaceFirst("([KMGTPE]i)?$", " $1") + "B/s";
    }

    private static String tone(List<String> limits, String limit) {
        return limit.equals(OFF) ? OFF : Integer.toString(limits.indexOf(limit) % TONES);
    }
}
