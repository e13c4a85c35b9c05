package io.skyferry.control.runs;

import io.skyferry.control.run.PlanFile;
import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// A saved plan, one level of its folders at a time: what comes to what, below each folder.
///
/// The plan is read from its beginning for each level, so that memory grows with one level and not with the plan.
///
/// @param folder whose level this is
/// @param totals of everything in the folder that the query means
/// @param nodes that lie directly in the folder, folders first, by name
/// @param hidden how many nodes more there are
public record PlanTree(RelPath folder, Totals totals, List<Node> nodes, long hidden) {
    /// Makes the list unchangeable.
    public PlanTree {
        nodes = List.copyOf(nodes);
    }

    /// Counts by what happens.
    ///
    /// @param bytes that go over
    /// @param requests that the steps cost at least
    public record Totals(Map<PlanChange, Long> counts, long bytes, long requests) {
        /// Makes the map unchangeable.
        public Totals {
            counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        }

        /// How many of a kind.
        public long count(PlanChange change) {
            return counts.getOrDefault(change, 0L);
        }

        /// How many of all kinds.
        public long steps() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// A folder with everything below it, or one step.
    ///
    /// @param step of a file, or of the folder itself; empty: something below the folder changes
    /// @param from where a renamed or copied file lies now
    /// @param size of the file; empty: it has none, or nobody knows it
    public record Node(
            String name,
            RelPath path,
            boolean isFolder,
            Optional<PlanChange> step,
            Optional<RelPath> from,
            OptionalLong size,
            Totals totals) {}

    /// Which steps are meant.
    ///
    /// @param changes empty: all
    /// @param text that the path holds, letters of either case alike; empty: any
    /// @param skip so many nodes, to go on after a page
    /// @param most nodes in the answer
    public record Query(RelPath folder, Set<PlanChange> changes, String text, int skip, int most) {
        /// Makes the set unchangeable.
        public Query {
            changes = changes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(changes));
        }

        private boolean means(PlannedStep step) {
            boolean inside = folder.isRoot() || (folder.holds(step.path()) && !folder.equals(step.path()));
            return inside && (changes.isEmpty() || changes.contains(step.change())) && step.holds(text);
        }
    }

    /// Reads a level of a plan.
    ///
    /// @throws io.skyferry.control.run.RefusedException if the file is no whole plan
    static PlanTree read(Path file, Query query) {
        var whole = new Sum();
        Map<String, Found> folders = new TreeMap<>();
        List<Node> files = new ArrayList<>();
        try (var reader = new PlanFile.Reader(file)) {
            while (reader.hasNext()) {
                PlannedStep step = PlannedStep.of(reader.next());
                if (!query.means(step)) {
                    continue;
                }
                whole.add(step);
                String rest = below(query.folder(), step.path());
                int slash = rest.indexOf('/');
                boolean isFolder = step.change() == PlanChange.MAKE_FOLDER || step.change() == PlanChange.REMOVE_FOLDER;
                if (slash >= 0 || isFolder) {
                    String name = slash >= 0 ? rest.substring(0, slash) : rest;
                    folders.computeIfAbsent(name, _ -> new Found()).add(step, slash < 0);
                } else {
                    files.add(file(step, rest));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The plan '%s' cannot be read".formatted(file), failure);
        }
        List<Node> nodes = new ArrayList<>();
        folders.forEach(
                (name, found) -> nodes.add(found.node(name, query.folder().resolve(name))));
        nodes.addAll(files);
        List<Node> shown = nodes.stream().skip(query.skip()).limit(query.most()).toList();
        return new PlanTree(
                query.folder(), whole.totals(), shown, Math.max(0, nodes.size() - query.skip() - shown.size()));
    }

    private static String below(RelPath folder, RelPath path) {
        return folder.isRoot()
                ? path.text()
                : path.text().substring(folder.text().length() + 1);
    }

    private static Node file(PlannedStep step, String name) {
        var sum = new Sum();
        sum.add(step);
        return new Node(name, step.path(), false, Optional.of(step.change()), step.from(), step.size(), sum.totals());
    }

    private static final class Found {
        private final Sum sum = new Sum();
        private Optional<PlanChange> own = Optional.empty();

        void add(PlannedStep step, boolean itself) {
            sum.add(step);
            if (itself) {
                own = Optional.of(step.change());
            }
        }

        Node node(String name, RelPath path) {
            return new Node(name, path, true, own, Optional.empty(), OptionalLong.empty(), sum.totals());
        }
    }

    private static final class Sum {
        private final Map<PlanChange, Long> counts = new EnumMap<>(PlanChange.class);
        private long bytes;
        private long requests;

        void add(PlannedStep step) {
            counts.merge(step.change(), 1L, Long::sum);
            bytes += step.bytes();
            // A transfer is a read here and a write there.
            requests += step.goesOver() ? 2 : 1;
        }

        Totals totals() {
            return new Totals(counts, bytes, requests);
        }
    }
}
