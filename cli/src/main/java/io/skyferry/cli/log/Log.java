package io.skyferry.cli.log;

import io.skyferry.cli.console.LineSink;
import io.skyferry.cli.console.Names;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Where lines of the log go.
///
/// A line reads `2026-11-21T16:40:01.123Z INFO   a/b.txt: copied`. Names of files are escaped, so that a line stays
/// one line whatever a file is called.
///
/// @param threshold the lowest level that is told
public record Log(LineSink sink, LogLevel threshold, InstantSource clock) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Whether a line of this level would be told.
    public boolean tells(LogLevel level) {
        return level.isToldAt(threshold);
    }

    /// Tells one thing.
    ///
    /// @param text may hold names as they are
    public void tell(LogLevel level, String text) {
        if (tells(level)) {
            sink.line("%s %-6s %s".formatted(TIME.format(clock.instant()), level, Names.shown(text)));
        }
    }
}
