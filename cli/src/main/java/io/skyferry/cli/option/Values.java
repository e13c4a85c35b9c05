package io.skyferry.cli.option;

import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.PaceOptions.CutoffMode;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.limits.Age;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.limits.ByteSize;
import io.skyferry.storage.HashType;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How the texts of options become values: at once, before anything is done.
public final class Values {
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    private static final Map<String, Order> ORDERS = new TreeMap<>(Map.ofEntries(
            Map.entry("size", Order.SIZE_ASCENDING),
            Map.entry("size,asc", Order.SIZE_ASCENDING),
            Map.entry("size,desc", Order.SIZE_DESCENDING),
            Map.entry("size,mixed", Order.SIZE_MIXED),
            Map.entry("name", Order.NAME_ASCENDING),
            Map.entry("name,asc", Order.NAME_ASCENDING),
            Map.entry("name,desc", Order.NAME_DESCENDING),
            Map.entry("name,mixed", Order.NAME_MIXED),
            Map.entry("modtime", Order.TIME_ASCENDING),
            Map.entry("modtime,asc", Order.TIME_ASCENDING),
            Map.entry("modtime,desc", Order.TIME_DESCENDING),
            Map.entry("modtime,mixed", Order.TIME_MIXED)));

    private Values() {}

    /// Teaches picocli our values, and that of an option that is given twice the last counts: so aliases can be
    /// overruled.
    public static void register(CommandLine line) {
        line.setOverwrittenOptionsAllowed(true);
        line.registerConverter(Place.class, saying(Place::parse));
        line.registerConverter(ByteSize.class, saying(ByteSize::parse));
        line.registerConverter(Duration.class, saying(Values::duration));
        line.registerConverter(Limit.class, saying(Values::limit));
        line.registerConverter(Order.class, saying(Values::order));
        line.registerConverter(CutoffMode.class, saying(Values::cutoff));
        line.registerConverter(LogLevel.class, saying(Values::logLevel));
        line.registerConverter(BandwidthSchedule.class, saying(BandwidthSchedule::parse));
        line.registerConverter(HashType.class, saying(HashNames::parse));
    }

    /// Gives picocli the message of a value that says itself what was wanted and what was found.
    private static <T> ITypeConverter<T> saying(ITypeConverter<T> reader) {
        return text -> {
            try {
                return reader.convert(text);
            } catch (IllegalArgumentException | UsageException unreadable) {
                var said = new TypeConversionException(String.valueOf(unreadable.getMessage()));
                said.initCause(unreadable);
                throw said;
            }
        };
    }

    /// A number of things that are done at a time.
    ///
    /// @throws UsageException naming the option whose number is too small
    static int atLeastOne(String option, int number) {
        if (number < 1) {
            throw new UsageException("Want 1 or more for %s but have %s".formatted(option, number));
        }
        return number;
    }

    /// A time that passes: `90` seconds, `10m`, `1h30m`.
    static Duration duration(String text) {
        Duration length = switch (age(text).orElse(new Age.Span(Duration.ZERO))) {
            case Age.Span(Duration span) -> span;
            case Age.Moment _ ->
                throw new IllegalArgumentException(
                        "Want a duration such as '90' or '1h30m' but have the date '%s'".formatted(text));
        };
        if (length.isNegative()) {
            throw new IllegalArgumentException("Want a duration of 0 or more but have '%s'".formatted(text));
        }
        return length;
    }

    private static Optional<Age> age(String text) {
        try {
            return Age.parse(text, ZoneOffset.UTC);
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(
                    "Want a duration such as '90' or '1h30m' but have '%s'".formatted(text), other);
        }
    }

    /// So many files, or so large a part of them: `10`, `25%`, `off`.
    static Limit limit(String text) {
        if (text.equalsIgnoreCase("off") || text.equals("-1")) {
            return new Limit.Count(Long.MAX_VALUE);
        }
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches() && Integer.parseInt(percent.group(1)) <= 100) {
            return new Limit.Share(Integer.parseInt(percent.group(1)), 1);
        }
        if (!COUNT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "Want a number of files such as '10', a share such as '25%%', or 'off' but have '%s'"
                            .formatted(text));
        }
        return new Limit.Count(Long.parseLong(text));
    }

    static Order order(String text) {
        Order order = ORDERS.get(text.toLowerCase(Locale.ROOT).replaceFirst("ending$", ""));
        if (order == null) {
            throw new IllegalArgumentException(
                    "Want one of %s but have '%s'".formatted(String.join(" ", ORDERS.keySet()), text));
        }
        return order;
    }

    static CutoffMode cutoff(String text) {
        for (CutoffMode mode : CutoffMode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("Want hard, soft or cautious but have '%s'".formatted(text));
    }

    static LogLevel logLevel(String text) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException("Want DEBUG, INFO, NOTICE or ERROR but have '%s'".formatted(text));
    }
}
