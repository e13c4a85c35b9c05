package io.skyferry.engine.execute;

import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.engine.plan.Step;
import java.time.Instant;

/// Keys by which transfers are put into the order that the user wants. Pure.
final class Orders {
    private Orders() {}

    static String key(Order order, Step.Transfer step) {
        long size = Math.max(0, step.source().size());
        long time = step.source().modTime().known().map(Orders::micros).orElse(0L);
        return switch (order) {
            case AS_FOUND -> "";
            case SIZE_ASCENDING, SIZE_MIXED -> number(size);
            case SIZE_DESCENDING -> number(Long.MAX_VALUE - size);
            case NAME_ASCENDING, NAME_MIXED -> step.path().text();
            case NAME_DESCENDING -> descending(step.path().text());
            case TIME_ASCENDING, TIME_MIXED -> number(time);
            case TIME_DESCENDING -> number(Long.MAX_VALUE - time);
        };
    }

    /// Whether transfers are taken from both ends of the order by turns.
    static boolean isMixed(Order order) {
        return switch (order) {
            case SIZE_MIXED, NAME_MIXED, TIME_MIXED -> true;
            case AS_FOUND,
                    SIZE_ASCENDING,
                    SIZE_DESCENDING,
                    NAME_ASCENDING,
                    NAME_DESCENDING,
                    TIME_ASCENDING,
                    TIME_DESCENDING -> false;
        };
    }

    /// Microseconds from a start so early that none is negative.
    private static long micros(Instant at) {
        return (at.getEpochSecond() + (1L << 40)) * 1_000_000 + at.getNano() / 1_000;
    }

    private static String number(long value) {
        String digits = Long.toString(value);
        return "0".repeat(19 - digits.length()) + digits;
    }

    /// A text that sorts the other way round: every char from the other end, and an end behind all of them.
    private static String descending(String text) {
        var turned = new StringBuilder(text.length() * 5 + 1);
        for (int i = 0; i < text.length(); i++) {
            turned.append(number(Character.MAX_VALUE - text.charAt(i)), 14, 19);
        }
        return turned.append('~').toString();
    }
}
