package io.skyferry.control.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// Says in English what five fields mean.
record CronSentence(CronPart minute, CronPart hour, CronPart day, CronPart month, CronPart weekday) {
    /// More moments of a day than these are told by field.
    private static final int MOST_TIMES = 6;

    String text() {
        String days = days();
        String months = month.isFree() ? "" : " in " + among(month, CronSentence::month);
        return times(days.isEmpty() && months.isEmpty()) + days + months;
    }

    private String times(boolean everyDay) {
        List<Integer> minutes = minute.numbers();
        List<Integer> hours = hour.numbers();
        int every = stepThrough(minutes, 60);
        int everyHours = stepThrough(hours, 24);
        if (hour.isFree()) {
            return every > 0 ? "Every " + (every == 1 ? "minute" : every + " minutes") : ofEveryHour(minutes);
        }
        if (minutes.equals(List.of(0)) && everyHours > 0) {
            return everyHours == 24 ? at(everyDay) : "Every %s hours".formatted(everyHours);
        }
        if (minutes.size() * hours.size() <= MOST_TIMES) {
            return at(everyDay);
        }
        boolean oneStretch = hours.getLast() - hours.getFirst() == hours.size() - 1;
        if (every > 0 && oneStretch) {
            return "Every %s from %s to %s"
                    .formatted(
                            every == 1 ? "minute" : every + " minutes",
                            time(hours.getFirst(), 0),
                            time(hours.getLast(), minutes.getLast()));
        }
        return "At minute%s %s of the hour%s %s"
                .formatted(
                        minutes.size() == 1 ? "" : "s",
                        among(minute, Integer::toString),
                        hours.size() == 1 ? "" : "s",
                        among(hour, Integer::toString));
    }

    private String ofEveryHour(List<Integer> minutes) {
        if (minutes.equals(List.of(0))) {
            return "At the start of each hour";
        }
        return "At minute%s %s of each hour"
                .formatted(minutes.size() == 1 ? "" : "s", among(minute, Integer::toString));
    }

    private String at(boolean everyDay) {
        List<String> times = new ArrayList<>();
        for (int one : hour.numbers()) {
            minute.numbers().forEach(past -> times.add(time(one, past)));
        }
        return "At " + joined(times) + (everyDay ? " every day" : "");
    }

    /// The step that numbers from 0 on take through the whole of a unit; 0: they do not.
    private static int stepThrough(List<Integer> numbers, int unit) {
        int step = unit / numbers.size();
        boolean even = unit % numbers.size() == 0;
        for (int i = 0; i < numbers.size() && even; i++) {
            even = numbers.get(i) == i * step;
        }
        return even && numbers.size() > 1 ? step : 0;
    }

    private String days() {
        String ofMonth = " on day%s %s of the month"
                .formatted(day.numbers().size() == 1 ? "" : "s", among(day, Integer::toString));
        String ofWeek = " on " + among(weekday, CronSentence::weekday);
        if (day.isFree()) {
            return weekday.isFree() ? "" : ofWeek;
        }
        return weekday.isFree() ? ofMonth : ofMonth + " or" + ofWeek;
    }

    private static String time(int hour, int minute) {
        return LocalTime.of(hour, minute).toString();
    }

    private static String month(int number) {
        return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String weekday(int number) {
        return DayOfWeek.of(number == 0 ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /// Numbers in words; three and more in a row become a range. The week ends on Sunday.
    private static String among(CronPart part, IntFunction<String> word) {
        List<Integer> numbers = new ArrayList<>(part.numbers());
        if (part.field() == CronField.WEEKDAY && numbers.size() < 7 && numbers.remove(Integer.valueOf(0))) {
            numbers.add(7);
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < numbers.size(); ) {
            int end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            if (end - i >= 2) {
                words.add(word.apply(numbers.get(i)) + " to " + word.apply(numbers.get(end)));
            } else {
                for (int one = i; one <= end; one++) {
                    words.add(word.apply(numbers.get(one)));
                }
            }
            i = end + 1;
        }
        return joined(words);
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
