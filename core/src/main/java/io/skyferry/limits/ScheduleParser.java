package io.skyferry.limits;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads one bandwidth schedule.
final class ScheduleParser {
    private static final Pattern ENTRY = Pattern.compile("[^\\s;]+");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3])[:.]([0-5][0-9])");

    private final String text;

    ScheduleParser(String text) {
        this.text = text;
    }

    BandwidthSchedule parse() {
        var slots = new ArrayList<BandwidthSchedule.Slot>();
        Matcher entries = ENTRY.matcher(text);
        boolean single = entries.results().count() == 1 && text.indexOf(',') < 0;
        entries.reset();
        while (entries.find()) {
            if (single) {
                return BandwidthSchedule.always(limit(entries.start(), entries.end()));
            }
            slots.addAll(entry(entries.start(), entries.end()));
        }
        if (slots.isEmpty()) {
            throw new SpecException(
                    text, 0, "Want a limit such as '512', '10M:1M' or '08:00,512 18:00,off' but have nothing");
        }
        return new BandwidthSchedule(slots);
    }

    private List<BandwidthSchedule.Slot> entry(int start, int end) {
        String entry = text.substring(start, end);
        int comma = entry.indexOf(',');
        if (comma < 0 || entry.indexOf(',', comma + 1) >= 0 || comma == entry.length() - 1) {
            throw new SpecException(
                    text, start, "Want '[WEEKDAY-]HH:MM,RATE' without blanks in it but have '%s'".formatted(entry));
        }
        int dash = entry.lastIndexOf('-', comma);
        List<DayOfWeek> days = dash < 0 ? List.of(DayOfWeek.values()) : List.of(weekday(start, start + dash));
        LocalTime from = time(start + dash + 1, start + comma);
        BandwidthLimit limit = limit(start + comma + 1, end);
        return days.stream()
                .map(day -> new BandwidthSchedule.Slot(day, from, limit))
                .toList();
    }

    private DayOfWeek weekday(int start, int end) {
        String name = text.substring(start, end);
        return Stream.of(DayOfWeek.values())
                .filter(day -> isNameOf(day, name))
                .findFirst()
                .orElseThrow(() -> new SpecException(
                        text, start, "Want a weekday such as 'Mon' or 'Monday' but have '%s'".formatted(name)));
    }

    private static boolean isNameOf(DayOfWeek day, String name) {
        return Stream.of(TextStyle.SHORT, TextStyle.FULL)
                .anyMatch(style -> day.getDisplayName(style, Locale.ENGLISH).equalsIgnoreCase(name));
    }

    private LocalTime time(int start, int end) {
        String time = text.substring(start, end);
        Matcher digits = TIME.matcher(time);
        if (!digits.matches()) {
            throw new SpecException(text, start, "Want a time from '00:00' to '23:59' but have '%s'".formatted(time));
        }
        return LocalTime.of(Integer.parseInt(digits.group(1)), Integer.parseInt(digits.group(2)));
    }

    private BandwidthLimit limit(int start, int end) {
        try {
            return BandwidthLimit.parse(text.substring(start, end));
        } catch (SpecException unreadable) {
            throw unreadable.within(text, start);
        }
    }
}
