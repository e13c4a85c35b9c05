package io.skyferry.control.task;

import io.skyferry.engine.options.RunOptions.By;
import io.skyferry.engine.options.RunOptions.Comparison;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.filter.FilterFlag;
import io.skyferry.filter.FilterFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the words of a task's `args` mean: those options of rclone that the engine has under the same name.
///
/// A word that is not known is refused when the task is saved: an option that is silently dropped may be the one
/// that kept files from being deleted.
public record ExtraOptions(Comparison comparison, Transfers transfers, FilterFlags filters, boolean deleteExcluded) {
    private static final ExtraOptions NONE =
            new ExtraOptions(Comparison.DEFAULTS, Transfers.DEFAULTS, FilterFlags.NONE, false);

    /// Options that change how much is printed or how the other engine works inside: nothing is lost
    /// without them.
    private static final List<String> HARMLESS = List.of("-v", "-vv", "--verbose", "--fast-list", "--use-mmap");

    /// Reads the words.
    ///
    /// @throws IllegalArgumentException naming the word that is not known, or the number that is none
    public static ExtraOptions parse(String args) {
        ExtraOptions options = NONE;
        List<String> words = new ArrayList<>(ShellWords.of(args));
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            int equals = word.indexOf('=');
            String name = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
            if (HARMLESS.contains(name)) {
                continue;
            }
            Optional<ExtraOptions> switched = equals > 0 ? Optional.empty() : options.switched(name);
            if (switched.isPresent()) {
                options = switched.orElseThrow();
                continue;
            }
            if (!takesValue(name)) {
                throw new IllegalArgumentException("unknown option '%s'".formatted(name));
            }
            if (equals < 0 && words.isEmpty()) {
                throw new IllegalArgumentException("want a value for '%s'".formatted(name));
            }
            options = options.valued(name, equals > 0 ? word.substring(equals + 1) : words.removeFirst());
        }
        return options;
    }

    private Optional<ExtraOptions> switched(String name) {
        Comparison c = comparison;
        return switch (name) {
            case "-c", "--checksum" -> Optional.of(by(By.CONTENT));
            case "--size-only" -> Optional.of(by(By.SIZE));
            case "-u", "--update" ->
                Optional.of(comparing(
                        new Comparison(c.by(), c.ignoreExisting(), true, c.ignoreSize(), c.ignoreTimes(), c.window())));
            case "--ignore-existing" ->
                Optional.of(comparing(
                        new Comparison(c.by(), true, c.update(), c.ignoreSize(), c.ignoreTimes(), c.window())));
            case "-I", "--ignore-times" ->
                Optional.of(comparing(
                        new Comparison(c.by(), c.ignoreExisting(), c.update(), c.ignoreSize(), true, c.window())));
            case "--track-renames" ->
                Optional.of(carrying(new Transfers(
                        transfers.lanes(),
                        transfers.checkers(),
                        transfers.attempts(),
                        transfers.maxBytes(),
                        transfers.maxDuration(),
                        transfers.order(),
                        transfers.flushEach(),
                        true)));
            case "--delete-excluded" -> Optional.of(new ExtraOptions(comparison, transfers, filters, true));
            case "--ignore-case" ->
                Optional.of(new ExtraOptions(comparison, transfers, filters.withCaseIgnored(), deleteExcluded));
            default -> Optional.empty();
        };
    }

    private ExtraOptions by(By by) {
        Comparison c = comparison;
        return comparing(
                new Comparison(by, c.ignoreExisting(), c.update(), c.ignoreSize(), c.ignoreTimes(), c.window()));
    }

    private ExtraOptions comparing(Comparison other) {
        return new ExtraOptions(other, transfers, filters, deleteExcluded);
    }

    private ExtraOptions carrying(Transfers other) {
        return new ExtraOptions(comparison, other, filters, deleteExcluded);
    }

    private static Optional<FilterFlag> filter(String name) {
        for (FilterFlag flag : FilterFlag.values()) {
            if (flag.spelling().equals(name) && !flag.namesFile()) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    private static boolean takesValue(String name) {
        return filter(name).isPresent() || name.equals("--checkers") || name.equals("--retries");
    }

    private ExtraOptions valued(String name, String value) {
        Optional<FilterFlag> flag = filter(name);
        if (flag.isPresent()) {
            return new ExtraOptions(comparison, transfers, filters.with(flag.orElseThrow(), value), deleteExcluded);
        }
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("want a number from 1 to 9999 for '%s'".formatted(name));
        }
        int number = Integer.parseInt(value);
        boolean checkers = name.equals("--checkers");
        return carrying(new Transfers(
                transfers.lanes(),
                checkers ? number : transfers.checkers(),
                checkers ? transfers.attempts() : number,
                transfers.maxBytes(),
                transfers.maxDuration(),
                transfers.order(),
                transfers.flushEach(),
                transfers.findRenames()));
    }
}
