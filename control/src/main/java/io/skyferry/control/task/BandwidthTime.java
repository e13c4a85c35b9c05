package io.skyferry.control.task;

import io.skyferry.limits.BandwidthLimit;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalLong;

/// From when on how much may go.
///
/// Source: TrueNAS's list of times and bandwidths. The weekday, and a download that differs from the upload, are ours.
///
/// @param day empty: each day
/// @param limit in bytes a second
public record BandwidthTime(Optional<DayOfWeek> day, LocalTime time, BandwidthLimit limit) {
    /// From this time of each day on, up and down alike.
    ///
    /// @param bytesPerSecond empty: any amount
    public static BandwidthTime daily(LocalTime time, OptionalLong bytesPerSecond) {
        return new BandwidthTime(Optional.empty(), time, new BandwidthLimit(bytesPerSecond, bytesPerSecond));
    }

    /// Whether it comes later in the week, or in the day, than another one. One of each day and one of a
    /// weekday are not in any order.
    boolean isAfter(BandwidthTime other) {
        if (day.isEmpty() != other.day.isEmpty()) {
            return false;
        }
        int days = day.map(DayOfWeek::getValue).orElse(0)
                - other.day.map(DayOfWeek::getValue).orElse(0);
        return days == 0 ? time.isAfter(other.time) : days > 0;
    }

    /// As people say it: `08:00`, `MON 08:00`.
    String when() {
        return day.map(one -> one.name().substring(0, 3) + " ").orElse("") + time;
    }
}
