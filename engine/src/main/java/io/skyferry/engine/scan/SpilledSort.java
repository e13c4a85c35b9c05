package io.skyferry.engine.scan;

import io.skyferry.storage.RelPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// Sorts lines by their keys, whatever their number: in memory as long as they are few, else in sorted runs on disk
/// that are merged. Lines of equal keys keep the order in which they came.
public final class SpilledSort implements AutoCloseable {
    private static final long CHARS_IN_MEMORY = 4_000_000;
    private static final int RUNS_AT_ONCE = 64;
    private static final Comparator<Line> BY_KEY = (a, b) -> RelPath.compareTexts(a.key(), b.key());

    private final Path folder;
    private final long charsInMemory;
    private final List<Line> memory = new ArrayList<>();
    private final List<Spill> runs = new ArrayList<>();
    private long chars;

    /// A line under its key.
    public record Line(String key, String text) {}

    /// Nothing to sort yet.
    ///
    /// @param folder where runs go, if there must be any
    public SpilledSort(Path folder) {
        this(folder, CHARS_IN_MEMORY);
    }

    /// Nothing to sort yet.
    ///
    /// @param charsInMemory how much is kept before a run goes to the disk
    SpilledSort(Path folder, long charsInMemory) {
        this.folder = folder;
        this.charsInMemory = charsInMemory;
    }

    /// Takes a line.
    public void add(String key, String text) {
        memory.add(new Line(key, text));
        chars += key.length() + text.length() + 64;
        if (chars > charsInMemory) {
            writeRun();
        }
    }

    private void writeRun() {
        memory.sort(BY_KEY);
        runs.add(written(memory.iterator()));
        memory.clear();
        chars = 0;
        if (runs.size() == RUNS_AT_ONCE) {
            Spill merged = written(new Merge(sources(runs)));
            runs.forEach(Spill::close);
            runs.clear();
            runs.add(merged);
        }
    }

    private Spill written(Iterator<Line> sorted) {
        var run = new Spill(folder, "sort", 0);
        while (sorted.hasNext()) {
            Line line = sorted.next();
            run.add(EntryLines.join("", List.of(line.key(), line.text())));
        }
        return run;
    }

    private static List<Iterator<Line>> sources(List<Spill> runs) {
        List<Iterator<Line>> sources = new ArrayList<>();
        runs.forEach(run -> sources.add(new Lines(run.forward())));
        return sources;
    }

    /// All lines in order. Nothing may be added any more.
    public Iterator<Line> sorted() {
        memory.sort(BY_KEY);
        if (runs.isEmpty()) {
            return memory.iterator();
        }
        List<Iterator<Line>> sources = sources(runs);
        sources.add(memory.iterator());
        return new Merge(sources);
    }

    @Override
    public void close() {
        runs.forEach(Spill::close);
    }

    private record Lines(Iterator<String> lines) implements Iterator<Line> {
        @Override
        public boolean hasNext() {
            return lines.hasNext();
        }

        @Override
        public Line next() {
            List<String> fields = EntryLines.split(lines.next());
            return new Line(fields.get(1), fields.get(2));
        }
    }

    private static final class Merge implements Iterator<Line> {
        private final PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.comparing(Head::line, BY_KEY).thenComparingInt(Head::number));

        private record Head(Line line, int number, Iterator<Line> rest) {}

        Merge(List<Iterator<Line>> sources) {
            for (int i = 0; i < sources.size(); i++) {
                refill(i, sources.get(i));
            }
        }

        private void refill(int number, Iterator<Line> source) {
            if (source.hasNext()) {
                heads.add(new Head(source.next(), number, source));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Line next() {
            Head head = heads.poll();
            if (head == null) {
                throw new NoSuchElementException();
            }
            refill(head.number(), head.rest());
            return head.line();
        }
    }
}
