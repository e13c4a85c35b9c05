package io.skyferry.control.runs;

import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.store.OwnerOnly;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What became of each file of a run, in a file of its own: one JSON object a line.
public final class FileEvents {
    private static final int MOST_OF_THE_END = 64 * 1024;

    private FileEvents() {}

    /// One thing that happened to one path.
    ///
    /// @param what `copied`, `renamed`, `deleted`, `skipped`, `failed`, or what was planned
    /// @param bytes that went over
    /// @param reason why it was skipped or failed
    public record Event(Instant at, String what, String path, long bytes, String reason) {
        /// As JSON.
        public Json json() {
            return new Json()
                    .put("at", at.toString())
                    .put("what", what)
                    .put("path", path)
                    .put("bytes", bytes)
                    .put("reason", reason);
        }
    }

    /// Which events are meant.
    ///
    /// @param what empty: all
    /// @param text that the path holds, whatever its letters' case
    /// @param skip how many that fit are left out, to go on after a page
    public record Query(Set<String> what, String text, long skip, int most) {
        /// Makes the set unchangeable.
        public Query {
            what = Set.copyOf(what);
        }
    }

    /// Writes events as they happen; from many threads.
    static final class Writer implements AutoCloseable {
        private final BufferedWriter out;
        private boolean broken;

        Writer(Path file) {
            try {
                OwnerOnly.make(file);
                this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            } catch (IOException failure) {
                throw new UncheckedIOException("The events '%s' cannot be written".formatted(file), failure);
            }
        }

        synchronized void add(Event event) {
            if (broken) {
                return;
            }
            try {
                out.write(event.json().toString());
                out.write('\n');
            } catch (IOException failure) {
                broken = true;
                System.getLogger(FileEvents.class.getName())
                        .log(System.Logger.Level.WARNING, "A run goes on without its events", failure);
            }
        }

        synchronized void flush() {
            try {
                out.flush();
            } catch (IOException failure) {
                broken = true;
            }
        }

        @Override
        public synchronized void close() {
            try {
                out.close();
            } catch (IOException failure) {
                System.getLogger(FileEvents.class.getName())
                        .log(System.Logger.Level.WARNING, "The end of the events is lost", failure);
            }
        }
    }

    /// The events that fit, in the order in which they happened; none where none are kept.
    static List<Event> read(Path file, Query query) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Event> found = new ArrayList<>();
        long skipped = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null && found.size() < query.most(); line = in.readLine()) {
                if (line.endsWith("}") && fits(line, query)) {
                    if (skipped < query.skip()) {
                        skipped++;
                    } else {
                        found.add(event(line));
                    }
                }
            }
            return found;
        } catch (IOException failure) {
            throw new UncheckedIOException("The events '%s' cannot be read".formatted(file), failure);
        }
    }

    /// The last events, the latest first: as many as stand within the end of the file.
    static List<Event> last(Path file, int most) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            var bytes = ByteBuffer.allocate((int) Math.min(MOST_OF_THE_END, in.size()));
            boolean cut = in.size() > bytes.capacity();
            in.position(in.size() - bytes.capacity());
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // Until all of it is there.
            }
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(cut ? 1 : 0)
                    .filter(line -> line.endsWith("}"))
                    .toList();
            return lines.reversed().stream().limit(most).map(FileEvents::event).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The events '%s' cannot be read".formatted(file), failure);
        }
    }

    private static boolean fits(String line, Query query) {
        if (query.what().isEmpty() && query.text().isEmpty()) {
            return true;
        }
        Event event = event(line);
        boolean what = query.what().isEmpty() || query.what().contains(event.what());
        return what
                && event.path().toLowerCase(Locale.ROOT).contains(query.text().toLowerCase(Locale.ROOT));
    }

    private static Event event(String line) {
        var all = (JsonValue.Members) JsonValue.parse(line);
        return new Event(
                Instant.parse(text(all, "at")),
                text(all, "what"),
                text(all, "path"),
                all.get("bytes").orElse(JsonValue.of(0)) instanceof JsonValue.Numeral bytes
                        ? bytes.value().longValue()
                        : 0,
                text(all, "reason"));
    }

    private static String text(JsonValue.Members all, String name) {
        return all.get(name).orElse(JsonValue.of("")) instanceof JsonValue.Text(String value) ? value : "";
    }
}
