package io.skyferry.server.web.tasks;

import io.skyferry.control.form.TaskForm;
import io.skyferry.control.schedule.Cron;
import io.skyferry.control.schedule.CronRuns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What a schedule means: in words, when it is due next, and on which days of the next weeks.
///
/// @param cron the five fields
/// @param fault what is wrong with it; empty: nothing
public record SchedulePart(
        String cron, String sentence, String fault, List<Instant> next, List<List<Day>> weeks, ZoneId zone) {
    private static final int SHOWN = 5;
    private static final int WEEKS = 5;

    /// Makes the lists unchangeable.
    public SchedulePart {
        next = List.copyOf(next);
        weeks = List.copyOf(weeks);
    }

    /// A day of the calendar.
    ///
    /// @param isDue whether the schedule is due on it
    public record Day(LocalDate date, boolean isDue, boolean isPast) {
        /// For those who do not see the colour.
        public String words() {
            return "%s: %s".formatted(date, isPast ? "past" : isDue ? "runs" : "no run");
        }
    }

    /// Of a form.
    static SchedulePart of(TaskForm form, Instant now, ZoneId zone) {
        try {
            Cron cron = CronRuns.read(form.schedule().cron());
            return new SchedulePart(
                    cron.toString(), cron.sentence(), "", cron.next(now, zone, SHOWN), weeks(cron, now, zone), zone);
        } catch (IllegalArgumentException wrong) {
            return new SchedulePart("", "", String.valueOf(wrong.getMessage()), List.of(), List.of(), zone);
        }
    }

    private static List<List<Day>> weeks(Cron cron, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate day = today.minusDays(today.getDayOfWeek().getValue() - 1L);
        List<List<Day>> weeks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            List<Day> days = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                Instant begin = day.atStartOfDay(zone).toInstant();
                Instant from = begin.isBefore(now) ? now : begin.minusSeconds(1);
                Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
                boolean past = !end.isAfter(now);
                days.add(new Day(day, !past && cron.next(from, zone).isBefore(end), past));
                day = day.plusDays(1);
            }
            weeks.add(days);
        }
        return weeks;
    }
}
