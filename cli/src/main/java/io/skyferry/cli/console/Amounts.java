package io.skyferry.cli.console;

import java.time.Duration;

/// Amounts as a person reads them, the same in every locale.
public final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Amounts() {}

    /// `0 B`, `1.500 KiB`, `12.345 MiB`.
    public static String bytes(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return decimal(Math.round(value * 1000), 3) + " " + UNITS[unit];
    }

    /// A number with so many digits behind the point, given as how many of its last digit it is. The JDK's formatter
    /// costs ten times as much when it is used once, and the first of its decimals builds tables of them.
    private static String decimal(long ofLastDigit, int digits) {
        String all = Long.toString(ofLastDigit);
        String padded = "0".repeat(Math.max(0, digits + 1 - all.length())) + all;
        int point = padded.length() - digits;
        return padded.substring(0, point) + "." + padded.substring(point);
    }

    /// `1.500 KiB/s`.
    public static String rate(double bytesPerSecond) {
        return bytes(Math.max(0, Math.round(bytesPerSecond))) + "/s";
    }

    /// `37%`, and `-` where the whole is nothing.
    public static String share(long part, long whole) {
        return whole <= 0 ? "-" : Math.min(100, Math.round(100.0 * part / whole)) + "%";
    }

    /// `0.3s`, `12.0s`, `3m5s`, `2h0m10s`, `1d2h`.
    public static String time(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return decimal((time.toMillis() + 50) / 100, 1) + "s";
        }
        long days = time.toDays();
        if (days > 0) {
            return days + "d" + time.toHoursPart() + "h";
        }
        String minutes = time.toMinutesPart() + "m" + time.toSecondsPart() + "s";
        return time.toHours() > 0 ? time.toHours() + "h" + minutes : minutes;
    }
}
