package io.skyferry.limits;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How fast a task may transfer, by weekday and time: `512`, `10M:1M`, `08:00,512 12:00,10MB Sat-00:00,off`.
///
/// Each slot holds until the next one of the week; the week's last also covers the time before its first.
/// Times are those that the clock on the wall shows: where it is put forward or back, the slot of the shown
/// time holds.
///
/// Sources: rclone's `--bwlimit`; the TrueNAS field "Bandwidth Limit", whose example writes `10MB` for 10 MiB.
///
/// @param slots in the order of the week from Sunday 00:00, never empty, no two at one time
public record BandwidthSchedule(List<Slot> slots) {
    /// No limit at any time.
    public static final BandwidthSchedule UNLIMITED = always(BandwidthLimit.NONE);

    // Every slot starts within 7 days; the rest is for clocks that are put over the date line.
    private static final int LOOK_AHEAD_DAYS = 9;

    /// What holds from a time of the week on.
    ///
    /// @param from to the minute
    public record Slot(DayOfWeek day, LocalTime from, BandwidthLimit limit) {
        /// Refuses a time that the written form could not hold.
        public Slot {
            if (!from.equals(from.truncatedTo(ChronoUnit.MINUTES))) {
                throw new IllegalArgumentException("Want a time to the minute but have '%s'".formatted(from));
            }
        }

        private int minuteOfWeek() {
            return BandwidthSchedule.minuteOfWeek(day, from);
        }

        @Override
        public String toString() {
            String name = day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            return "%s-%s,%s".formatted(name, from, limit);
        }
    }

    /// What holds from a time of each day on, as TrueNAS stores it.
    public record Daily(LocalTime from, BandwidthLimit limit) {}

    /// Sorts the slots; of two at one time, the later written counts.
    public BandwidthSchedule {
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("Want at least one slot but have none");
        }
        var byTime = new TreeMap<Integer, Slot>();
        slots.forEach(slot -> byTime.put(slot.minuteOfWeek(), slot));
        slots = List.copyOf(byTime.values());
    }

    /// One limit at all times.
    public static BandwidthSchedule always(BandwidthLimit limit) {
        return new BandwidthSchedule(List.of(new Slot(DayOfWeek.SUNDAY, LocalTime.MIDNIGHT, limit)));
    }

    /// The same times on each day, where no time at all means no limit.
    ///
    /// @throws IllegalArgumentException naming two times that are not in order
    public static BandwidthSchedule daily(List<Daily> times) {
        for (int i = 1; i < times.size(); i++) {
            LocalTime earlier = times.get(i - 1).from();
            LocalTime later = times.get(i).from();
            if (!earlier.isBefore(later)) {
                throw new IllegalArgumentException("Invalid time order: %s, %s".formatted(earlier, later));
            }
        }
        if (times.isEmpty()) {
            return UNLIMITED;
        }
        var slots = new ArrayList<Slot>();
        for (DayOfWeek day : DayOfWeek.values()) {
            times.forEach(time -> slots.add(new Slot(day, time.from(), time.limit())));
        }
        return new BandwidthSchedule(slots);
    }

    /// Reads one limit, or `[WEEKDAY-]HH:MM,LIMIT` entries parted by blanks or semicolons.
    ///
    /// @throws SpecException naming the place that cannot be read
    public static BandwidthSchedule parse(String text) {
        return new ScheduleParser(text).parse();
    }

    /// Whether there is no limit at any time.
    public boolean isUnlimited() {
        return slots.stream()
                .allMatch(slot -> slot.limit().upload().isEmpty()
                        && slot.limit().download().isEmpty());
    }

    /// The limit in force when the clock on the wall shows this.
    public BandwidthLimit limitAt(ZonedDateTime time) {
        int minute = minuteOfWeek(time.getDayOfWeek(), time.toLocalTime());
        Slot found = slots.getLast();
        for (Slot slot : slots) {
            if (slot.minuteOfWeek() > minute) {
                break;
            }
            found = slot;
        }
        return found.limit();
    }

    /// The first moment after this one at which another limit is in force; empty if none ever is.
    public Optional<ZonedDateTime> nextChange(ZonedDateTime time) {
        BandwidthLimit held = limitAt(time);
        ZonedDateTime end = time.plusDays(LOOK_AHEAD_DAYS);
        ZonedDateTime edge = nextEdge(time);
        while (edge.isBefore(end)) {
            if (!limitAt(edge).equals(held)) {
                return Optional.of(edge);
            }
            edge = nextEdge(edge);
        }
        return Optional.empty();
    }

    /// The start of the next slot, or the clock being put forward or back before that.
    private ZonedDateTime nextEdge(ZonedDateTime time) {
        LocalDateTime local = nextStart(time.toLocalDateTime());
        ZonedDateTime start = ZonedDateTime.ofInstant(local.toInstant(time.getOffset()), time.getZone());
        Optional<ZoneOffsetTransition> shift =
                Optional.ofNullable(time.getZone().getRules().nextTransition(time.toInstant()));
        return shift.map(ZoneOffsetTransition::getInstant)
                .filter(instant -> !instant.isAfter(start.toInstant()))
                .map(instant -> instant.atZone(time.getZone()))
                .orElse(start);
    }

    private LocalDateTime nextStart(LocalDateTime after) {
        return slots.stream()
                .map(slot -> nextStart(slot, after))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static LocalDateTime nextStart(Slot slot, LocalDateTime after) {
        int days = Math.floorMod(slot.day().getValue() - after.getDayOfWeek().getValue(), 7);
        LocalDateTime start = after.toLocalDate().plusDays(days).atTime(slot.from());
        return start.isAfter(after) ? start : start.plusDays(7);
    }

    private static int minuteOfWeek(DayOfWeek day, LocalTime time) {
        int sundayFirst = day.getValue() % 7;
        return (sundayFirst * 24 + time.getHour()) * 60 + time.getMinute();
    }

    /// The one spelling of this schedule, which [#parse(String)] reads back.
    @Override
    public String toString() {
        Slot first = slots.getFirst();
        if (slots.size() == 1 && first.minuteOfWeek() == 0) {
            return first.limit().toString();
        }
        return slots.stream().map(Slot::toString).collect(Collectors.joining(" "));
    }
}
