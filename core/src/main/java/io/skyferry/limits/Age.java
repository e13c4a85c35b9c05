package io.skyferry.limits;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// How old, or since when: `90`, `1.5h`, `1h30m`, `7d`, `2M`, `2026-11-21`, `2026-11-21 08:00:00`.
///
/// A bare number is in seconds; units are `ns us ms s m h` (which can be strung together) and, one at a time,
/// `d w M y` for 1, 7, 30 and 365 days.
///
/// Source: rclone's manual, "Time options", and what its parser takes.
public sealed interface Age {
    /// So long ago.
    ///
    /// @param length may be negative: a time to come
    record Span(Duration length) implements Age {
        @Override
        public Instant before(Instant now) {
            return now.minus(length);
        }
    }

    /// A moment of the calendar.
    record Moment(Instant at) implements Age {
        @Override
        public Instant before(Instant now) {
            return at;
        }
    }

    /// The moment that is meant, seen from now.
    Instant before(Instant now);

    /// Reads an age or `off`, which is empty.
    ///
    /// @param zone in which a date without an offset is meant
    /// @throws SpecException naming the place that cannot be read
    static Optional<Age> parse(String text, ZoneId zone) {
        return ByteSize.isOff(text) ? Optional.empty() : Optional.of(new AgeParser(text, zone).parse());
    }
}
