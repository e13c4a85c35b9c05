package io.skyferry.control.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When something is due, in the five fields of cron: minute, hour, day of the month, month, weekday.
///
/// Where both kinds of day are restricted, either is enough. A moment that the clocks jump over is due right after
/// the jump; one that the clocks show twice is due once, unless the hour is `*` or has a step: then it is due as
/// often as it is shown.
///
/// Sources: POSIX, "crontab"; TrueNAS's schedule of five texts; Debian's cron(8) for clocks that jump.
public final class Cron {
    private final CronPart minute;
    private final CronPart hour;
    private final CronPart day;
    private final CronPart month;
    private final CronPart weekday;
    private final long minutes;
    private final long hours;
    private final long days;
    private final long months;
    private final long weekdays;

    private Cron(List<CronPart> parts) {
        minute = parts.get(0);
        hour = parts.get(1);
        day = parts.get(2);
        month = parts.get(3);
        weekday = parts.get(4);
        minutes = minute.mask();
        hours = hour.mask();
        days = day.mask();
        months = month.mask();
        weekdays = weekday.mask();
    }

    /// Reads five fields parted by blanks, or the name of a [Preset].
    ///
    /// @throws IllegalArgumentException saying what cannot be read, or that the moment never comes
    public static Cron parse(String text) {
        String typed = text.strip();
        Optional<Preset> preset = Preset.named(typed);
        if (preset.isPresent()) {
            return preset.orElseThrow().cron();
        }
        String[] fields = typed.split("\\s+", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "Want five fields (minute, hour, day of the month, month, weekday) but have '%s'".formatted(text));
        }
        return of(fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    /// Reads the five fields each by itself, as TrueNAS keeps them.
    ///
    /// @throws IllegalArgumentException saying what cannot be read, or that the moment never comes
    public static Cron of(String minute, String hour, String day, String month, String weekday) {
        var cron = new Cron(List.of(
                CronPart.parse(CronField.MINUTE, minute),
                CronPart.parse(CronField.HOUR, hour),
                CronPart.parse(CronField.DAY, day),
                CronPart.parse(CronField.MONTH, month),
                CronPart.parse(CronField.WEEKDAY, weekday)));
        if (cron.isNever()) {
            throw new IllegalArgumentException(
                    "Want a moment that comes but no month of '%s' has such a day: '%s'".formatted(month, cron));
        }
        return cron;
    }

    /// The day at this time, every day.
    public static Cron daily(LocalTime time) {
        return of(Integer.toString(time.getMinute()), Integer.toString(time.getHour()), "*", "*", "*");
    }

    private boolean isNever() {
        if (day.isFree() || !weekday.isFree()) {
            return false;
        }
        // 2024 has a 29 February.
        return month.numbers().stream().noneMatch(one -> {
            int length = LocalDate.of(2024, one, 1).lengthOfMonth();
            return day.numbers().getFirst() <= length;
        });
    }

    /// The first moment after another one at which it is due.
    public Instant next(Instant after, ZoneId zone) {
        return hour.isWildcardOrStep() ? nextShown(after, zone.getRules()) : nextOnce(after, zone.getRules());
    }

    /// Due once for each local time: what the clock jumps over right after, what it shows twice the first time.
    private Instant nextOnce(Instant after, ZoneRules rules) {
        LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            local = nextLocal(local);
            Instant due = first(local, rules);
            // In the second hour of an overlap, what it shows was due in the first.
            if (due.isAfter(after)) {
                return due;
            }
        }
    }

    private static Instant first(LocalDateTime local, ZoneRules rules) {
        @Nullable ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(rules.getValidOffsets(local).getFirst());
    }

    /// Due as often as the clock shows it, and right after a jump over it.
    private Instant nextShown(Instant after, ZoneRules rules) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime local = nextLocal(LocalDateTime.ofInstant(from, offset));
            @Nullable ZoneOffsetTransition change = rules.nextTransition(from);
            Instant due = local.toInstant(offset);
            if (change == null || due.isBefore(change.getInstant())) {
                return due;
            }
            // What is due at the jump itself or was jumped over is due now; else it is looked for on the other side.
            LocalDateTime lastBefore = change.getDateTimeAfter().minusNanos(1);
            boolean jumped = change.isGap() && !local.isAfter(change.getDateTimeAfter());
            if (jumped || nextLocal(lastBefore).equals(change.getDateTimeAfter())) {
                return change.getInstant();
            }
            from = change.getInstant();
        }
    }

    /// The first minute after a local time that matches all fields.
    private LocalDateTime nextLocal(LocalDateTime after) {
        LocalDateTime from = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        LocalDate date = from.toLocalDate();
        int earliest = from.getHour() * 60 + from.getMinute();
        while (true) {
            if ((months >>> date.getMonthValue() & 1) == 0) {
                date = date.withDayOfMonth(1).plusMonths(1);
                earliest = 0;
                continue;
            }
            if (matches(date)) {
                int minuteOfDay = minuteOfDay(earliest);
                if (minuteOfDay >= 0) {
                    return date.atTime(minuteOfDay / 60, minuteOfDay % 60);
                }
            }
            date = date.plusDays(1);
            earliest = 0;
        }
    }

    private boolean matches(LocalDate date) {
        boolean onDay = (days >>> date.getDayOfMonth() & 1) == 1;
        boolean onWeekday = (weekdays >>> (date.getDayOfWeek().getValue() % 7) & 1) == 1;
        boolean either = !day.isFree() && !weekday.isFree();
        return either ? (onDay || onWeekday) : (onDay && onWeekday);
    }

    /// The first that matches, not before another one; -1: none on that day.
    private int minuteOfDay(int earliest) {
        for (int one = earliest / 60; one < 24; one++) {
            if ((hours >>> one & 1) == 1) {
                int least = one == earliest / 60 ? earliest % 60 : 0;
                long left = minutes >>> least << least;
                if (left != 0) {
                    return one * 60 + Long.numberOfTrailingZeros(left);
                }
            }
        }
        return -1;
    }

    /// So many moments after another one, in order.
    public List<Instant> next(Instant after, ZoneId zone, int count) {
        return Stream.iterate(next(after, zone), last -> next(last, zone))
                .limit(count)
                .toList();
    }

    /// The zone of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "Want a time zone such as 'Europe/Berlin' but have '%s'".formatted(name), unknown);
        }
    }

    /// The fields in their order, each as it is stored.
    public List<String> fields() {
        return List.of(minute.toString(), hour.toString(), day.toString(), month.toString(), weekday.toString());
    }

    /// What it means, in English: `At 02:30 on Monday to Friday`.
    public String sentence() {
        return new CronSentence(minute, hour, day, month, weekday).text();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron cron && fields().equals(cron.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /// The five fields as they are stored.
    @Override
    public String toString() {
        return String.join(" ", fields());
    }

    /// The schedules that need no explanation.
    public enum Preset {
        /// At the start of each hour.
        HOURLY("0 * * * *"),
        /// At midnight.
        DAILY("0 0 * * *"),
        /// At midnight before Sunday.
        WEEKLY("0 0 * * sun"),
        /// At midnight before the first day.
        MONTHLY("0 0 1 * *");

        private final String fields;

        Preset(String fields) {
            this.fields = fields;
        }

        /// The schedule itself.
        public Cron cron() {
            return parse(fields);
        }

        /// The preset of this name, with or without `@` before it.
        static Optional<Preset> named(String text) {
            String name = text.startsWith("@") ? text.substring(1) : text;
            for (Preset preset : values()) {
                if (preset.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    return Optional.of(preset);
                }
            }
            return Optional.empty();
        }

        /// The preset that a schedule is.
        public static Optional<Preset> of(Cron cron) {
            for (Preset preset : values()) {
                if (preset.cron().equals(cron)) {
                    return Optional.of(preset);
                }
            }
            return Optional.empty();
        }
    }
}
