package io.skyferry.control.runs;

import io.skyferry.control.store.OwnerOnly;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// The log of one run: a file with a line for each thing that happened, and its first and last lines at hand.
///
/// Secrets that the run knows are taken out of every line. Where the disk is full the run goes on
/// without its log.
final class RunLog implements AutoCloseable {
    private static final int ENDS = 10;
    private static final int LONGEST_LINE = 4096;
    private static final int SHORTEST_SECRET = 4;

    private final BufferedWriter out;
    private final InstantSource clock;
    private final List<String> secrets;
    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private long lines;
    private boolean broken;

    RunLog(Path file, InstantSource clock, Collection<String> secrets) {
        this.clock = clock;
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .toList();
        try {
            OwnerOnly.make(file);
            this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException("The log '%s' cannot be made".formatted(file), failure);
        }
    }

    /// How much a line matters.
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    synchronized void line(Level level, String text) {
        String plain = PlainText.of(text);
        for (String secret : secrets) {
            plain = plain.replace(secret, "***");
        }
        String cut = plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) + "..." : plain;
        String line = "%s %-5s %s".formatted(clock.instant().truncatedTo(ChronoUnit.MILLIS), level, cut);
        lines++;
        if (first.size() < ENDS) {
            first.add(line);
        }
        last.addLast(line);
        if (last.size() > 2 * ENDS) {
            last.removeFirst();
        }
        if (!broken) {
            write(line);
        }
    }

    void info(String text) {
        line(Level.INFO, text);
    }

    private void write(String line) {
        try {
            out.write(line);
            out.write('\n');
            out.flush();
        } catch (IOException failure) {
            broken = true;
            System.getLogger(RunLog.class.getName())
                    .log(System.Logger.Level.WARNING, "A run goes on without its log", failure);
        }
    }

    /// The whole log where it has at most 20 lines, else the first ten and the last ten.
    synchronized String excerpt() {
        List<String> ends = List.copyOf(last);
        if (lines <= 2 * ENDS) {
            return String.join("\n", ends);
        }
        return "%s\n... %s more lines ...\n%s"
                .formatted(
                        String.join("\n", first),
                        lines - 2 * ENDS,
                        String.join("\n", ends.subList(ends.size() - ENDS, ends.size())));
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException failure) {
            System.getLogger(RunLog.class.getName())
                    .log(System.Logger.Level.WARNING, "The end of a log is lost", failure);
        }
    }
}
