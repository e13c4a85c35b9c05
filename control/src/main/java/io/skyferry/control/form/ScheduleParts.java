package io.skyferry.control.form;

import io.skyferry.control.task.Cron;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A schedule as a form asks for it: a preset with what it leaves open, or the five fields themselves.
///
/// Source: TrueNAS's schedule presets and its Advanced Scheduler.
public sealed interface ScheduleParts {
    /// Each hour.
    ///
    /// @param minute past the hour
    record Hourly(int minute) implements ScheduleParts {}

    /// Each day.
    record Daily(LocalTime at) implements ScheduleParts {}

    /// On some days of each week.
    ///
    /// @param days at least one
    record Weekly(LocalTime at, Set<DayOfWeek> days) implements ScheduleParts {
        /// Sorts the days.
        public Weekly {
            if (days.isEmpty()) {
                throw new IllegalArgumentException("Want at least one day of the week but have none");
            }
            days = Collections.unmodifiableSet(new TreeSet<>(days));
        }
    }

    /// On one day of each month.
    ///
    /// @param day from 1 to 31
    record Monthly(LocalTime at, int day) implements ScheduleParts {
        /// Refuses days that no month has.
        public Monthly {
            if (day < 1 || day > 31) {
                throw new IllegalArgumentException("Want a day from 1 to 31 but have '%s'".formatted(day));
            }
        }
    }

    /// The five fields as they were typed.
    record Custom(Cron cron) implements ScheduleParts {}

    /// The name of the preset in forms.
    default String preset() {
        return switch (this) {
            case Hourly _ -> "hourly";
            case Daily _ -> "daily";
            case Weekly _ -> "weekly";
            case Monthly _ -> "monthly";
            case Custom _ -> "custom";
        };
    }

    /// The five fields.
    default Cron cron() {
        return switch (this) {
            case Hourly(int minute) -> new Cron(Integer.toString(minute), "*", "*", "*", "*");
            case Daily(LocalTime at) -> daily(at, "*", "*");
            case Weekly(LocalTime at, Set<DayOfWeek> days) ->
                daily(at, "*", days.stream().map(ScheduleParts::name).collect(Collectors.joining(",")));
            case Monthly(LocalTime at, int day) -> daily(at, Integer.toString(day), "*");
            case Custom(Cron cron) -> cron;
        };
    }

    private static Cron daily(LocalTime at, String dom, String dow) {
        return new Cron(Integer.toString(at.getMinute()), Integer.toString(at.getHour()), dom, "*", dow);
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /// The simplest form that says the same as these fields.
    static ScheduleParts of(Cron cron) {
        boolean everyMonth = cron.month().equals("*");
        boolean everyDay = cron.dom().equals("*") && cron.dow().equals("*");
        boolean minuteIsNumber = isNumber(cron.minute(), 59);
        if (!everyMonth || !minuteIsNumber) {
            return new Custom(cron);
        }
        int minute = Integer.parseInt(cron.minute());
        if (cron.hour().equals("*") && everyDay) {
            return new Hourly(minute);
        }
        if (!isNumber(cron.hour(), 23)) {
            return new Custom(cron);
        }
        LocalTime at = LocalTime.of(Integer.parseInt(cron.hour()), minute);
        if (everyDay) {
            return new Daily(at);
        }
        List<DayOfWeek> days = days(cron.dow());
        if (cron.dom().equals("*") && !days.isEmpty()) {
            return new Weekly(at, Set.copyOf(days));
        }
        if (cron.dow().equals("*") && isNumber(cron.dom(), 31) && Integer.parseInt(cron.dom()) > 0) {
            return new Monthly(at, Integer.parseInt(cron.dom()));
        }
        return new Custom(cron);
    }

    private static boolean isNumber(String text, int most) {
        return text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= most;
    }

    /// The days of a plain list; empty where the field is anything else.
    private static List<DayOfWeek> days(String field) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String word : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            List<DayOfWeek> meant = Arrays.stream(DayOfWeek.values())
                    .filter(day -> word.equals(name(day))
                            || word.equals(Integer.toString(day.getValue()))
                            || (day == DayOfWeek.SUNDAY && word.equals("0")))
                    .toList();
            if (meant.isEmpty()) {
                return List.of();
            }
            days.addAll(meant);
        }
        return days;
    }

    /// The time of a form's field.
    ///
    /// @throws IllegalArgumentException saying what was wanted
    static LocalTime time(String text) {
        Matcher time = Pattern.compile("([0-9]{1,2}):([0-9]{2})").matcher(text.strip());
        try {
            if (time.matches()) {
                return LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)));
            }
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("Want a time such as '02:30' but have '%s'".formatted(text), wrong);
        }
        throw new IllegalArgumentException("Want a time such as '02:30' but have '%s'".formatted(text));
    }
}
