package io.skyferry.control.run;

import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.engine.scan.Times;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.engine.work.ThreadWorkers;
import io.skyferry.filter.Filter;
import io.skyferry.filter.Rule;
import io.skyferry.filter.Verdict;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Which files of a place a filter lets through, and what decides: a look at the first ones, level by level.
///
/// @param rows by level, then by name
/// @param isAll whether there is nothing below the place that was not looked at
/// @param warnings what in the rules hardly means what it says
public record FilterPreview(List<Row> rows, boolean isAll, List<String> warnings) {
    /// Makes the lists unchangeable.
    public FilterPreview {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /// A file or a directory.
    ///
    /// @param rule that decided, as a line of a rule file; empty: none did
    /// @param why in words
    public record Row(RelPath path, Kind kind, boolean passes, Optional<String> rule, String why) {}

    /// What a row is about.
    public enum Kind {
        /// A file: whether it goes over.
        FILE,
        /// A directory: whether anything in it may go over.
        DIRECTORY
    }

    /// How far to look.
    ///
    /// @param rows at most
    /// @param directories that are listed, at most: each is at least one request
    public record Depth(int rows, int directories) {
        /// For a person who waits.
        public static final Depth USUAL = new Depth(300, 25);
    }

    /// Looks at a place.
    ///
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public static FilterPreview of(Storage storage, Filter filter, Depth depth, CancelFlag cancel) {
        try (Lanes checkers =
                new ThreadWorkers(Thread.ofVirtual().factory()).lanes("look", Transfers.DEFAULTS.checkers())) {
            return of(storage, filter, depth, new Times(storage, filter::hangsOnTime, checkers, cancel), cancel);
        }
    }

    private static FilterPreview of(Storage storage, Filter filter, Depth depth, Times times, CancelFlag cancel) {
        List<Row> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>(filter.warnings());
        warnings.addAll(filter.doubts());
        Deque<RelPath> waiting = new ArrayDeque<>(List.of(RelPath.ROOT));
        int listed = 0;
        boolean isAll = true;
        while (!waiting.isEmpty() && listed < depth.directories() && rows.size() < depth.rows()) {
            cancel.check("looking at " + storage.displayName());
            RelPath directory = waiting.pop();
            Level level = level(storage, directory, depth.rows() - rows.size());
            listed++;
            isAll &= level.isAll();
            boolean marked = marker(filter, level.entries()).isPresent();
            for (Entry entry : times.told(level.entries())) {
                row(filter, entry, marker(filter, level.entries())).ifPresent(rows::add);
                if (entry instanceof Entry.Directory(RelPath path, var _)) {
                    filter.warningFor(path).ifPresent(warnings::add);
                    if (!marked && filter.mayHoldFiles(path)) {
                        waiting.add(path);
                    }
                }
            }
        }
        return new FilterPreview(rows, isAll && waiting.isEmpty(), warnings);
    }

    private record Level(List<Entry> entries, boolean isAll) {}

    private static Level level(Storage storage, RelPath directory, int most) {
        List<Entry> entries = new ArrayList<>();
        ListRequest request = ListRequest.children(directory);
        while (true) {
            ListPage page = storage.list(request);
            entries.addAll(page.entries());
            if (page.next().isEmpty() || entries.size() > most) {
                boolean isAll = page.next().isEmpty() && entries.size() <= most;
                return new Level(
                        entries.stream()
                                .sorted(Comparator.comparing(Entry::path))
                                .limit(most)
                                .toList(),
                        isAll);
            }
            request = request.goOnAfter(page.next().orElseThrow());
        }
    }

    private static Optional<RelPath> marker(Filter filter, List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry instanceof Entry.File)
                .map(Entry::path)
                .filter(path -> filter.markers().contains(path.name()))
                .findFirst();
    }

    private static Optional<Row> row(Filter filter, Entry entry, Optional<RelPath> marker) {
        return switch (entry) {
            case Entry.File file -> {
                Verdict verdict =
                        marker.map(path -> Verdict.byMarker(path.text())).orElseGet(() -> filter.explain(file));
                yield Optional.of(row(file.path(), Kind.FILE, verdict.selected(), verdict));
            }
            case Entry.Directory directory -> {
                Verdict verdict =
                        marker.map(path -> Verdict.byMarker(path.text())).orElseGet(() -> filter.explain(directory));
                boolean passes = marker.isEmpty() && filter.mayHoldFiles(directory.path());
                yield Optional.of(row(directory.path(), Kind.DIRECTORY, passes, verdict));
            }
            case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ -> Optional.empty();
        };
    }

    private static Row row(RelPath path, Kind kind, boolean passes, Verdict verdict) {
        // A directory may be left out by what is said of the files in it: then its own verdict is no reason.
        boolean explains = verdict.selected() == passes;
        String why = explains ? verdict.why() : passes ? "files in it may pass" : "nothing in it can pass";
        return new Row(path, kind, passes, explains ? verdict.rule().map(Rule::toString) : Optional.empty(), why);
    }

    /// How many files pass, of those that were looked at.
    public long passing() {
        return rows.stream()
                .filter(row -> row.kind() == Kind.FILE && row.passes())
                .count();
    }

    /// How many files were looked at.
    public long files() {
        return rows.stream().filter(row -> row.kind() == Kind.FILE).count();
    }
}
