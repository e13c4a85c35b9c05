package io.skyferry.control.task;

import io.skyferry.control.json.JsonValue;
import io.skyferry.limits.BandwidthLimit;
import io.skyferry.limits.BandwidthSchedule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A task's bandwidth limit in its three forms: the list that is stored, the text that people type, and the timetable
/// that the engine keeps to. Each says exactly what the others say.
public final class Bandwidths {
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;

    private Bandwidths() {}

    /// The timetable of a list; without times there is no limit.
    public static BandwidthSchedule schedule(List<BandwidthTime> times) {
        List<BandwidthSchedule.Slot> slots = new ArrayList<>();
        for (BandwidthTime time : times) {
            List<DayOfWeek> days = time.day().map(List::of).orElse(List.of(DayOfWeek.values()));
            days.forEach(day -> slots.add(new BandwidthSchedule.Slot(day, time.time(), time.limit())));
        }
        return slots.isEmpty() ? BandwidthSchedule.UNLIMITED : new BandwidthSchedule(slots);
    }

    /// What holds in each minute of the week, from Monday 00:00 on.
    public static List<BandwidthLimit> minutes(BandwidthSchedule schedule) {
        List<BandwidthLimit> minutes = new ArrayList<>(WEEK);
        // Slots are in the order of the week from Sunday on, and the last one goes on before the first.
        List<BandwidthSchedule.Slot> slots = schedule.slots();
        BandwidthLimit limit = slots.getLast().limit();
        int next = 0;
        for (int minute = 0; minute < WEEK; minute++) {
            while (next < slots.size() && sundayFirst(slots.get(next)) <= minute) {
                limit = slots.get(next).limit();
                next++;
            }
            minutes.add(limit);
        }
        List<BandwidthLimit> mondayFirst = new ArrayList<>(minutes.subList(DAY, WEEK));
        mondayFirst.addAll(minutes.subList(0, DAY));
        return List.copyOf(mondayFirst);
    }

    private static int sundayFirst(BandwidthSchedule.Slot slot) {
        return slot.day().getValue() % 7 * DAY + minuteOf(slot.from());
    }

    private static int minuteOf(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    /// The shortest list that says what holds in each minute of the week; empty: no limit at any time.
    ///
    /// @param minutes from Monday 00:00 on
    public static List<BandwidthTime> times(List<BandwidthLimit> minutes) {
        if (minutes.size() != WEEK) {
            throw new IllegalArgumentException("Want %s minutes but have %s".formatted(WEEK, minutes.size()));
        }
        boolean daily = minutes.subList(DAY, WEEK).equals(minutes.subList(0, WEEK - DAY));
        List<BandwidthLimit> round = daily ? minutes.subList(0, DAY) : minutes;
        List<BandwidthTime> times = new ArrayList<>();
        for (int minute = 0; minute < round.size(); minute++) {
            BandwidthLimit before = round.get(minute == 0 ? round.size() - 1 : minute - 1);
            if (!before.equals(round.get(minute))) {
                times.add(at(minute, daily, round.get(minute)));
            }
        }
        boolean always = times.isEmpty();
        if (always && !round.getFirst().equals(BandwidthLimit.NONE)) {
            times.add(at(0, true, round.getFirst()));
        }
        return List.copyOf(times);
    }

    private static BandwidthTime at(int minute, boolean daily, BandwidthLimit limit) {
        Optional<DayOfWeek> day = daily ? Optional.empty() : Optional.of(DayOfWeek.of(minute / DAY + 1));
        return new BandwidthTime(day, LocalTime.of(minute % DAY / 60, minute % 60), limit);
    }

    /// The text of a list: `512Ki`, `08:00,512Ki 18:00,off`, `Mon-08:00,10Mi:1Mi`; empty: no limit.
    public static String text(List<BandwidthTime> times) {
        boolean one = times.size() == 1 && times.getFirst().day().isEmpty();
        if (one) {
            return times.getFirst().limit().toString();
        }
        return times.stream().map(Bandwidths::text).collect(Collectors.joining(" "));
    }

    private static String text(BandwidthTime time) {
        String day = time.day()
                .map(one -> one.name().charAt(0) + one.name().substring(1, 3).toLowerCase(Locale.ROOT) + "-")
                .orElse("");
        return "%s%s,%s".formatted(day, time.time(), time.limit());
    }

    /// Reads a text, in any spelling of rclone's `--bwlimit`; an empty one is no limit.
    ///
    /// @throws io.skyferry.limits.SpecException naming the place that cannot be read
    public static List<BandwidthTime> read(String text) {
        return text.isBlank() ? List.of() : times(minutes(BandwidthSchedule.parse(text.strip())));
    }

    /// One time as JSON, under TrueNAS's names where it has them.
    public static JsonValue.Members json(BandwidthTime one) {
        Map<String, JsonValue> time = new LinkedHashMap<>();
        one.day().ifPresent(day -> time.put("day", JsonValue.of(day.name())));
        time.put("time", JsonValue.of(one.time().toString()));
        BandwidthLimit limit = one.limit();
        time.put("bandwidth", json(limit.upload()));
        if (!limit.download().equals(limit.upload())) {
            time.put("download", json(limit.download()));
        }
        return new JsonValue.Members(time);
    }

    private static JsonValue json(OptionalLong bytesPerSecond) {
        return bytesPerSecond.isPresent() ? JsonValue.of(bytesPerSecond.orElseThrow()) : new JsonValue.Null();
    }
}
