package io.skyferry.control.runs;

import io.skyferry.control.run.PlanFile;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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

    /// What happens to a file or a folder.
    public enum Change {
        /// It is new at the target.
        ADD("add"),
        /// What the target has is replaced.
        CHANGE("change"),
        /// It gets another place at the target.
        RENAME("rename"),
        /// It goes from the target.
        DELETE("delete"),
        /// It goes from the source, when its copy is safe.
        MOVE_AWAY("delete at the source"),
        /// Its time is set.
        TIME("set the time of"),
        /// A folder is made.
        MAKE_FOLDER("make the folder"),
        /// A folder that is empty by then goes.
        REMOVE_FOLDER("remove the folder");

        private final String words;

        Change(String words) {
            this.words = words;
        }

        /// As a verb before a name.
        public String words() {
            return words;
        }

        static Change of(Step step) {
            return switch (step) {
                case Step.Transfer transfer -> transfer.replaced().isPresent() ? CHANGE : ADD;
                case Step.CopyAtTarget copy -> copy.replaced().isPresent() ? CHANGE : ADD;
                case Step.Rename _ -> RENAME;
                case Step.SetTime _ -> TIME;
                case Step.DeleteTarget _ -> DELETE;
                case Step.DeleteSource _ -> MOVE_AWAY;
                case Step.MakeDirectory _ -> MAKE_FOLDER;
                case Step.RemoveDirectory _ -> REMOVE_FOLDER;
            };
        }
    }

    /// Counts by what happens.
    ///
    /// @param bytes that go over
    /// @param requests that the steps cost at least
    public record Totals(Map<Change, Long> counts, long bytes, long requests) {
        /// Makes the map unchangeable.
        public Totals {
            counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        }

        /// How many of a kind.
        public long count(Change change) {
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
    /// @param from where a renamed file comes from
    /// @param size of the file; empty: it has none, or nobody knows it
    public record Node(
            String name,
            RelPath path,
            boolean isFolder,
            Optional<Change> step,
            Optional<RelPath> from,
            OptionalLong size,
            Totals totals) {}

    /// Which steps are meant.
    ///
    /// @param changes empty: all
    /// @param text that the path holds, letters of either case alike; empty: any
    /// @param skip so many nodes, to go on after a page
    /// @param most nodes in the answer
    public record Query(RelPath folder, Set<Change> changes, String text, int skip, int most) {
        /// Makes the set unchangeable.
        public Query {
            changes = changes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(changes));
        }

        private boolean means(RelPath path, Change change) {
            boolean inside = folder.isRoot() || (folder.holds(path) && !folder.equals(path));
            return inside
                    && (changes.isEmpty() || changes.contains(change))
                    && (text.isEmpty() || path.text().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
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
                Step step = reader.next();
                Change change = Change.of(step);
                if (!query.means(step.path(), change)) {
                    continue;
                }
                whole.add(step, change);
                String rest = below(query.folder(), step.path());
                int slash = rest.indexOf('/');
                boolean isFolder = change == Change.MAKE_FOLDER || change == Change.REMOVE_FOLDER;
                if (slash >= 0 || isFolder) {
                    String name = slash >= 0 ? rest.substring(0, slash) : rest;
                    folders.computeIfAbsent(name, _ -> new Found()).add(step, change, slash < 0);
                } else {
                    files.add(file(step, change, rest));
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

    private static Node file(Step step, Change change, String name) {
        var sum = new Sum();
        sum.add(step, change);
        return new Node(name, step.path(), false, Optional.of(change), from(step), size(step), sum.totals());
    }

    private static Optional<RelPath> from(Step step) {
        return step instanceof Step.Rename rename ? Optional.of(rename.origin().path()) : Optional.empty();
    }

    private static OptionalLong size(Step step) {
        return switch (step) {
            case Step.Transfer transfer -> size(transfer.source());
            case Step.CopyAtTarget copy -> size(copy.source());
            case Step.Rename rename -> size(rename.source());
            case Step.SetTime time -> size(time.source());
            case Step.DeleteTarget delete -> size(delete.target());
            case Step.DeleteSource delete -> size(delete.source());
            case Step.MakeDirectory _, Step.RemoveDirectory _ -> OptionalLong.empty();
        };
    }

    private static OptionalLong size(Entry.File file) {
        return file.size() < 0 ? OptionalLong.empty() : OptionalLong.of(file.size());
    }

    private static final class Found {
        private final Sum sum = new Sum();
        private Optional<Change> own = Optional.empty();

        void add(Step step, Change change, boolean itself) {
            sum.add(step, change);
            if (itself) {
                own = Optional.of(change);
            }
        }

        Node node(String name, RelPath path) {
            return new Node(name, path, true, own, Optional.empty(), OptionalLong.empty(), sum.totals());
        }
    }

    private static final class Sum {
        private final Map<Change, Long> counts = new EnumMap<>(Change.class);
        private long bytes;
        private long requests;

        void add(Step step, Change change) {
            counts.merge(change, 1L, Long::sum);
            boolean transfer = step instanceof Step.Transfer;
            bytes += transfer ? size(step).orElse(0) : 0;
            // A transfer is a read here and a write there.
            requests += transfer ? 2 : 1;
        }

        Totals totals() {
            return new Totals(counts, bytes, requests);
        }
    }
}
