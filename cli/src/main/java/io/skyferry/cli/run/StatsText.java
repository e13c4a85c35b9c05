package io.skyferry.cli.run;

import io.skyferry.cli.console.Amounts;
import io.skyferry.cli.console.Names;
import io.skyferry.engine.report.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// How far a run is, in lines: pure, from two looks at its progress.
final class StatsText {
    private static final int BAR = 20;

    private StatsText() {}

    /// What a display knows at one moment.
    ///
    /// @param bytesPerSecond over the last seconds
    /// @param elapsed since the run began
    record Look(Progress.Snapshot now, double bytesPerSecond, Duration elapsed) {}

    /// One line, for output that is read as it scrolls by.
    static String line(Look look) {
        Progress.Snapshot now = look.now();
        return "%s, %s, %s, ETA %s, %s checked%s%s, %s elapsed"
                .formatted(
                        filesOf(now),
                        bytesOf(now),
                        Amounts.rate(look.bytesPerSecond()),
                        eta(look),
                        now.checked(),
                        now.deleted() > 0 ? ", %s deleted".formatted(now.deleted()) : "",
                        now.failed() > 0 ? ", %s failed".formatted(now.failed()) : "",
                        Amounts.time(look.elapsed()));
    }

    /// Several lines, for a terminal: the totals, and what is in flight.
    ///
    /// @param width of the terminal, in characters
    /// @param height the most lines
    static List<String> block(Look look, int width, int height) {
        Progress.Snapshot now = look.now();
        List<String> lines = new ArrayList<>();
        lines.add(cut(
                "%s  %s  %s  ETA %s".formatted(bar(now), bytesOf(now), Amounts.rate(look.bytesPerSecond()), eta(look)),
                width));
        lines.add(cut(
                "%s, %s checked%s%s%s, %s"
                        .formatted(
                                filesOf(now),
                                now.checked(),
                                now.deleted() > 0 ? ", %s deleted".formatted(now.deleted()) : "",
                                now.failed() > 0 ? ", %s failed".formatted(now.failed()) : "",
                                now.scanning() ? ", still looking" : "",
                                Amounts.time(look.elapsed())),
                width));
        now.inFlight().stream()
                .sorted(Comparator.comparing(Progress.InFlight::path))
                .limit(Math.max(0, height - 2))
                .forEach(flight -> lines.add(inFlight(flight, width)));
        return lines;
    }

    private static String inFlight(Progress.InFlight flight, int width) {
        String amount = "%s of %s"
                .formatted(Amounts.share(flight.done(), flight.size()), Amounts.bytes(Math.max(0, flight.size())));
        int room = Math.max(8, width - amount.length() - 6);
        String name = Names.shown(flight.path().text());
        int length = name.codePointCount(0, name.length());
        String shown = length <= room ? name : "…" + tail(name, room - 1);
        return cut(" * %s  %s".formatted(shown, amount), width);
    }

    private static String tail(String name, int characters) {
        return name.substring(name.offsetByCodePoints(name.length(), -characters));
    }

    private static String cut(String line, int width) {
        int most = Math.max(1, width - 1);
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most));
    }

    private static String bar(Progress.Snapshot now) {
        int full = now.bytesWanted() <= 0 ? 0 : (int) Math.min(BAR, BAR * now.bytesDone() / now.bytesWanted());
        return "[%s%s] %s"
                .formatted("#".repeat(full), "-".repeat(BAR - full), Amounts.share(now.bytesDone(), now.bytesWanted()));
    }

    private static String filesOf(Progress.Snapshot now) {
        return String.format(
                Locale.ROOT, "%s of %s%s files", now.filesDone(), now.filesWanted(), now.scanning() ? "+" : "");
    }

    private static String bytesOf(Progress.Snapshot now) {
        return "%s of %s".formatted(Amounts.bytes(Math.max(0, now.bytesDone())), Amounts.bytes(now.bytesWanted()));
    }

    /// The time left at the present rate; `-` while nothing moves.
    private static String eta(Look look) {
        long left = look.now().bytesWanted() - look.now().bytesDone();
        if (left <= 0) {
            return "0.0s";
        }
        if (look.bytesPerSecond() < 1) {
            return "-";
        }
        return Amounts.time(Duration.ofSeconds((long) Math.min(1e9, left / look.bytesPerSecond())));
    }
}
