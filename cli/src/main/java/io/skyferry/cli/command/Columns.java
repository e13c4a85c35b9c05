package io.skyferry.cli.command;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Columns of listings, as rclone prints them.
final class Columns {
    private static final DateTimeFormatter TO_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TO_NANO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn", Locale.ROOT);

    private Columns() {}

    /// The text with blanks before it, to this width at least.
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /// `2026-11-21 16:40:01` by the clock on the wall; empty where the time is not known.
    static String toSecond(Entry.File file, ZoneId zone) {
        return text(file, TO_SECOND, zone);
    }

    /// `2026-11-21 16:40:01.123456789`.
    static String toNano(Entry.File file, ZoneId zone) {
        return text(file, TO_NANO, zone);
    }

    private static String text(Entry.File file, DateTimeFormatter format, ZoneId zone) {
        return switch (file.modTime()) {
            case ModTime.Known(Instant at) -> format.format(at.atZone(zone));
            case ModTime.NotListed _, ModTime.NotKept _ -> "";
        };
    }
}
