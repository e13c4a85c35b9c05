package io.skyferry.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many characters a terminal shows, asked again every few seconds, as windows change.
public final class TerminalSize {
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;
    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})\\s*");

    private final Supplier<String> asked;
    private final LongSupplier nanoTime;
    private final Optional<Integer> fixedColumns;
    private int rows = USUAL_ROWS;
    private int columns = USUAL_COLUMNS;
    private long lookedAt;
    private boolean looked;

    /// The size of this process's terminal.
    public TerminalSize(Map<String, String> environment, LongSupplier nanoTime) {
        this(environment, nanoTime, TerminalSize::stty);
    }

    TerminalSize(Map<String, String> environment, LongSupplier nanoTime, Supplier<String> asked) {
        this.asked = asked;
        this.nanoTime = nanoTime;
        this.fixedColumns = number(environment.getOrDefault("COLUMNS", ""));
    }

    /// How many characters a line holds. The variable `COLUMNS` comes before what the terminal says.
    public int columns() {
        look();
        return fixedColumns.orElse(columns);
    }

    /// How many lines there are.
    public int rows() {
        look();
        return rows;
    }

    private void look() {
        long now = nanoTime.getAsLong();
        if (looked && now - lookedAt < FRESH_NANOS) {
            return;
        }
        looked = true;
        lookedAt = now;
        Matcher answer = ROWS_AND_COLUMNS.matcher(asked.get());
        if (answer.matches()) {
            rows = number(answer.group(1)).orElse(USUAL_ROWS);
            columns = number(answer.group(2)).orElse(USUAL_COLUMNS);
        }
    }

    private static Optional<Integer> number(String text) {
        boolean sound = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return sound ? Optional.of(Integer.parseInt(text)).filter(number -> number > 0) : Optional.empty();
    }

    /// What `stty size` says of the terminal; nothing where there is no such program.
    private static String stty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var answer = stty.getInputStream()) {
                String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
                return stty.waitFor(1, TimeUnit.SECONDS) ? text : "";
            }
        } catch (IOException missing) {
            return "";
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
