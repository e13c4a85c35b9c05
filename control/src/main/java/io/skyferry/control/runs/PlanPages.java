package io.skyferry.control.runs;

import io.skyferry.control.run.PlanFile;
import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plans of runs, a page at a time: what would be done, to which paths, and what all of it comes to.
public final class PlanPages {
    private final RunFolder folder;
    /// A plan that is whole never changes, so what it comes to is counted once for each file.
    private final Map<String, Totals> counted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Totals> eldest) {
            return size() > 64;
        }
    };

    /// Plans in this folder.
    PlanPages(RunFolder folder) {
        this.folder = folder;
    }

    /// Which steps are meant.
    ///
    /// @param what empty: all
    /// @param text that the path holds, whatever its letters' case
    /// @param skip how many that fit are left out, to go on after a page
    public record Query(Set<PlanChange> what, String text, long skip, int most) {
        /// Makes the set unchangeable.
        public Query {
            what = Set.copyOf(what);
        }

        private boolean fits(PlannedStep step) {
            return (what.isEmpty() || what.contains(step.change())) && step.holds(text);
        }
    }

    /// One step.
    ///
    /// @param what as [PlanChange#done] tells it
    /// @param from where a renamed or copied file lies now
    /// @param bytes that the file has; 0 for folders, and where nobody knows
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

        private long all() {
            return steps.values().stream().mapToLong(Long::longValue).sum();
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
        try {
            return Optional.of(page(file, query));
        } catch (IOException failure) {
            throw new UncheckedIOException("The plan of run %s cannot be read".formatted(run), failure);
        }
    }

    private Page page(Path file, Query query) throws IOException {
        String name = name(file);
        Map<String, Long> steps = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        long fitting = 0;
        long bytes = 0;
        Optional<Totals> known = query.what().isEmpty() && query.text().isEmpty() ? known(name) : Optional.empty();
        try (var reader = new PlanFile.Reader(file)) {
            while (reader.hasNext()) {
                PlannedStep step = PlannedStep.of(reader.next());
                steps.merge(step.change().done(), 1L, Long::sum);
                bytes += step.bytes();
                if (query.fits(step)) {
                    if (fitting >= query.skip() && lines.size() < query.most()) {
                        lines.add(line(step));
                    }
                    fitting++;
                }
                if (known.isPresent() && lines.size() == query.most()) {
                    return new Page(lines, known.orElseThrow().all(), known.orElseThrow());
                }
            }
        }
        var totals = new Totals(steps, bytes);
        keep(name, totals);
        return new Page(lines, fitting, totals);
    }

    /// What another plan in its place does not have: the file itself, its time and its size.
    private static String name(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return "%s %s %s %s".formatted(file.getFileName(), now.fileKey(), now.lastModifiedTime(), now.size());
    }

    private synchronized Optional<Totals> known(String name) {
        return Optional.ofNullable(counted.get(name));
    }

    private synchronized void keep(String name, Totals totals) {
        counted.put(name, totals);
    }

    private static Line line(PlannedStep step) {
        return new Line(
                step.change().done(),
                step.path().text(),
                step.from().map(RelPath::text),
                step.size().orElse(0));
    }
}
