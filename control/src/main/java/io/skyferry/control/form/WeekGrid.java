package io.skyferry.control.form;

import io.skyferry.control.task.Bandwidths;
import io.skyferry.limits.BandwidthLimit;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A bandwidth timetable as a week to paint on: a row for each day, a cell for each hour.
///
/// The grid holds each minute, so that a text with times between the hours goes through it unchanged.
public final class WeekGrid {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    private final List<BandwidthLimit> minutes;

    private WeekGrid(List<BandwidthLimit> minutes) {
        this.minutes = List.copyOf(minutes);
    }

    /// One hour of one day.
    ///
    /// @param limits that hold in it, in their order; several where the timetable changes within the hour
    public record Cell(DayOfWeek day, int hour, List<BandwidthLimit> limits) {
        /// Makes the list unchangeable.
        public Cell {
            limits = List.copyOf(limits);
        }

        /// Whether nothing is limited in it.
        public boolean isFree() {
            return limits.equals(List.of(BandwidthLimit.NONE));
        }

        /// What holds, as text: `512Ki`, `off`, `off, 10Mi`.
        public String words() {
            return String.join(
                    ", ", limits.stream().map(BandwidthLimit::toString).toList());
        }
    }

    /// The grid of a text as [Bandwidths#read] takes it.
    ///
    /// @throws io.skyferry.limits.SpecException naming the place that cannot be read
    public static WeekGrid of(String text) {
        return new WeekGrid(Bandwidths.minutes(Bandwidths.schedule(Bandwidths.read(text))));
    }

    /// The shortest text that says the same; empty: no limit at any time.
    public String text() {
        return Bandwidths.text(Bandwidths.times(minutes));
    }

    /// The cells of a day, from 00:00 on.
    public List<Cell> row(DayOfWeek day) {
        List<Cell> cells = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            cells.add(cell(day, hour));
        }
        return cells;
    }

    private Cell cell(DayOfWeek day, int hour) {
        int begin = begin(day, hour);
        List<BandwidthLimit> limits = new ArrayList<>();
        for (BandwidthLimit limit : minutes.subList(begin, begin + HOUR)) {
            if (limits.isEmpty() || !limits.getLast().equals(limit)) {
                limits.add(limit);
            }
        }
        return new Cell(day, hour, limits);
    }

    private static int begin(DayOfWeek day, int hour) {
        return (day.getValue() - 1) * DAY + hour * HOUR;
    }

    /// The same with one limit in a rectangle of days and hours, both ends counted, in either order.
    public WeekGrid painted(Cell from, Cell to, BandwidthLimit limit) {
        List<BandwidthLimit> painted = new ArrayList<>(minutes);
        int firstDay = Math.min(from.day().getValue(), to.day().getValue());
        int lastDay = Math.max(from.day().getValue(), to.day().getValue());
        int firstHour = Math.min(from.hour(), to.hour());
        int lastHour = Math.max(from.hour(), to.hour());
        for (int day = firstDay; day <= lastDay; day++) {
            int begin = begin(DayOfWeek.of(day), firstHour);
            int end = begin + (lastHour - firstHour + 1) * HOUR;
            for (int minute = begin; minute < end; minute++) {
                painted.set(minute, limit);
            }
        }
        return new WeekGrid(painted);
    }

    /// An hour of this grid.
    ///
    /// @throws IllegalArgumentException if there is no such hour
    public Cell at(int day, int hour) {
        if (day < 1 || day > 7 || hour < 0 || hour > 23) {
            throw new IllegalArgumentException(
                    "Want a day from 1 to 7 and an hour from 0 to 23 but have '%s' and '%s'".formatted(day, hour));
        }
        return cell(DayOfWeek.of(day), hour);
    }

    /// The same with what a person typed as the limit: a rate, `UP:DOWN`, or `off`.
    ///
    /// @throws io.skyferry.limits.SpecException naming the place that cannot be read
    public WeekGrid painted(Cell from, Cell to, String limit) {
        return painted(from, to, BandwidthLimit.parse(limit.strip()));
    }

    /// The limits that occur, as text, the lowest first and no limit last: the legend.
    public List<String> legend() {
        Set<BandwidthLimit> different = new HashSet<>(minutes);
        return different.stream()
                .sorted((a, b) -> Long.compare(rank(a), rank(b)))
                .map(BandwidthLimit::toString)
                .toList();
    }

    private static long rank(BandwidthLimit limit) {
        long upload = limit.upload().orElse(Long.MAX_VALUE);
        long download = limit.download().orElse(Long.MAX_VALUE);
        return Math.min(upload, download) / 2 + Math.max(upload, download) / 2;
    }
}
