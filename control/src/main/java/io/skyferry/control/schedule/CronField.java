package io.skyferry.control.schedule;

import java.util.List;
import java.util.Locale;

/// A field of a cron line: which numbers it may hold and how they are called.
///
/// Source: POSIX, "crontab", and the names that Vixie's cron takes.
enum CronField {
    MINUTE("minute", 0, 59, 0, ""),
    HOUR("hour", 0, 23, 0, ""),
    DAY("day of the month", 1, 31, 1, ""),
    MONTH("month", 1, 12, 1, "jan feb mar apr may jun jul aug sep oct nov dec"),
    /// Sunday is 0, and 7 too.
    WEEKDAY("weekday", 0, 7, 0, "sun mon tue wed thu fri sat sun");

    private final String words;
    private final int first;
    private final int last;
    private final int firstName;
    private final String names;

    CronField(String words, int first, int last, int firstName, String names) {
        this.words = words;
        this.first = first;
        this.last = last;
        this.firstName = firstName;
        this.names = names;
    }

    String words() {
        return words;
    }

    int first() {
        return first;
    }

    /// The highest number that can be written.
    int last() {
        return last;
    }

    /// All numbers that mean something of their own.
    long everything() {
        int highest = this == WEEKDAY ? 6 : last;
        return (-1L >>> (63 - highest)) & (-1L << first);
    }

    /// The number that a word stands for.
    ///
    /// @param isEnd of a range: there Sunday is 7
    int number(String word, boolean isEnd) {
        int named = names().indexOf(word.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return isEnd && this == WEEKDAY && named == 0 ? 7 : named + firstName;
        }
        int number = digits(word);
        if (number < first || number > last) {
            throw new IllegalArgumentException("Want a %s from %s to %s%s but have '%s'"
                    .formatted(words, first, last, names.isEmpty() ? "" : " or its name", word));
        }
        return number;
    }

    private List<String> names() {
        return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    /// -1 for what is no number of one or two digits.
    private static int digits(String word) {
        if (word.isEmpty() || word.length() > 2 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(word);
    }

    /// How a number is written: weekdays by name, as 0 and 1 mean other days elsewhere.
    String written(int number) {
        return this == WEEKDAY ? names().get(number - firstName) : Integer.toString(number);
    }
}
