package io.skyferry.control.runs;

import io.skyferry.control.run.PlanFile;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plans of runs, a page at a time: what would be done, to which paths, and what all of it comes to.
public final class PlanPages {
    private final RunFolder folder;
    /// A plan that is whole never changes, so what it comes to is counted once.
    private final Map<Long, Totals> counted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Totals> eldest) {
            return size() > 64;
        }
    };

    /// Plans in this folder.
    PlanPages(RunFolder folder) {
        this.folder = folder;
    }

    /// Which steps are meant.
    ///
    /// @param what as in [Line]; empty: all
    /// @param text that the path holds, whatever its letters' case
    /// @param skip how many that fit are left out, to go on after a page
    public record Query(Set<String> what, String text, long skip, int most) {
        /// Makes the set unchangeable.
        public Query {
            what = Set.copyOf(what);
        }

        private boolean fits(Line line) {
            return (what.isEmpty() || what.contains(line.what()))
                    && line.path().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }
    }

    /// One step.
    ///
    /// @param what `added`, `replaced`, `renamed`, `deleted`, ...
    /// @param from where a renamed or copied file lies now
    /// @param bytes that would go over, or that the deleted file has
    public record Line(String what, String path, Optional<String> from, long bytes) {}

    /// What a whole plan comes to.
    ///
    /// @param steps how many steps of each kind
    /// @param bytes that would go over
    public record Totals(Map<String, Long> steps, long bytes) {
        /// Makes the map unchangeable.
        public Totals {
            steps = Map.copyOf(steps);
        }
    }

    /// Some steps, and what all come to.
    ///
    /// @param fitting how many steps fit in all, those outside the page as well
    public record Page(List<Line> lines, long fitting, Totals totals) {
        /// Makes the list unchangeable.
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /// A page of the plan of a run; empty where there is no plan.
    public Optional<Page> page(long run, Query query) {
        Path file = folder.plan(run);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, Long> steps = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        long fitting = 0;
        long bytes = 0;
        Optional<Totals> known = known(run);
        boolean everything = query.what().isEmpty() && query.text().isEmpty();
        try (var reader = new PlanFile.Reader(file)) {
            while (reader.hasNext()) {
                Line line = line(reader.next());
                steps.merge(line.what(), 1L, Long::sum);
                bytes += goesOver(line);
                if (query.fits(line)) {
                    if (fitting >= query.skip() && lines.size() < query.most()) {
                        lines.add(line);
                    }
                    fitting++;
                }
                if (everything && known.isPresent() && lines.size() == query.most()) {
                    return Optional.of(new Page(lines, sum(known.orElseThrow()), known.orElseThrow()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The plan of run %s cannot be read".formatted(run), failure);
        }
        var totals = new Totals(steps, bytes);
        keep(run, totals);
        return Optional.of(new Page(lines, fitting, totals));
    }

    private static long sum(Totals totals) {
        return totals.steps().values().stream().mapToLong(Long::longValue).sum();
    }

    private synchronized Optional<Totals> known(long run) {
        return Optional.ofNullable(counted.get(run));
    }

    private synchronized void keep(long run, Totals totals) {
        counted.put(run, totals);
    }

    private static long goesOver(Line line) {
        return line.what().equals("added") || line.what().equals("replaced") ? line.bytes() : 0;
    }

    private static Line line(Step step) {
        String what = StepWords.done(step);
        String path = step.path().text();
        return switch (step) {
            case Step.Transfer(Entry.File source, var _, var _) ->
                new Line(what, path, Optional.empty(), Math.max(0, source.size()));
            case Step.CopyAtTarget(Entry.File source, Entry.File origin, var _, var _) ->
                new Line(what, path, Optional.of(origin.path().text()), Math.max(0, source.size()));
            case Step.Rename(Entry.File source, Entry.File origin, var _) ->
                new Line(what, path, Optional.of(origin.path().text()), Math.max(0, source.size()));
            case Step.DeleteTarget(Entry.File target) ->
                new Line(what, path, Optional.empty(), Math.max(0, target.size()));
            case Step.DeleteSource(Entry.File source, var _) ->
                new Line(what, path, Optional.empty(), Math.max(0, source.size()));
            case Step.SetTime _, Step.MakeDirectory _, Step.RemoveDirectory _ ->
                new Line(what, path, Optional.empty(), 0);
        };
    }
}
