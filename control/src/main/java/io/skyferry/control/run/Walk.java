package io.skyferry.control.run;

import io.skyferry.engine.scan.Times;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Goes through what a storage holds, as far as it is selected.
///
/// Entries come as the storage lists them, page by page, so that memory does not grow with their number. Where a
/// selection knows markers (files that leave out the directory they lie in), one directory at a time is held.
public final class Walk {
    /// Every depth.
    public static final int ALL = Integer.MAX_VALUE;

    private final Storage storage;
    private final Selection selection;
    private final int depth;
    private final CancelFlag cancel;
    private final UnaryOperator<List<Entry>> timed;
    private boolean hasMetFiles;

    /// Looks no deeper than this, and no times up.
    ///
    /// @param depth 1 for what lies directly in the root; [#ALL] for everything
    public Walk(Storage storage, Selection selection, int depth, CancelFlag cancel) {
        this(storage, selection, depth, cancel, UnaryOperator.identity());
    }

    private Walk(Storage storage, Selection selection, int depth, CancelFlag cancel, UnaryOperator<List<Entry>> timed) {
        this.storage = storage;
        this.selection = selection;
        this.depth = depth;
        this.cancel = cancel;
        this.timed = timed;
    }

    /// The same walk, which looks up times that are not listed: those that the selection hangs on, and those of
    /// selected files that are shown with their times.
    ///
    /// @param shown whether the time of a file is shown
    public Walk lookingUpTimes(Lanes checkers, Predicate<Entry.File> shown) {
        Predicate<Entry.File> wanted =
                file -> selection.hangsOnTime(file) || (shown.test(file) && selection.selects(file));
        return new Walk(storage, selection, depth, cancel, new Times(storage, wanted, checkers, cancel)::told);
    }

    /// Shows every selected file and directory, and whatever is listed that is neither.
    public void each(Consumer<Entry> visitor) {
        boolean atOnce = depth == ALL
                && selection.markers().isEmpty()
                && storage.capabilities().listing().recursive();
        if (!atOnce) {
            eachByDirectory(visitor);
            return;
        }
        pages(ListRequest.tree(RelPath.ROOT).descending(selection::mayHold), page -> {
            for (Entry entry : timed.apply(page)) {
                if (isWanted(entry)) {
                    visitor.accept(entry);
                }
            }
        });
    }

    /// The selected files and directories that lie directly in a directory, sorted by name, and what is neither.
    public List<Entry> children(RelPath directory) {
        List<Entry> inside = inside(directory);
        if (isMarked(inside)) {
            return List.of();
        }
        return timed.apply(inside).stream()
                .filter(this::isWanted)
                .sorted(Comparator.comparing(Entry::path))
                .toList();
    }

    private boolean isMarked(List<Entry> inside) {
        Set<String> markers = selection.markers();
        return !markers.isEmpty()
                && inside.stream()
                        .anyMatch(entry -> entry instanceof Entry.File file
                                && markers.contains(file.path().name()));
    }

    private void eachByDirectory(Consumer<Entry> visitor) {
        Deque<RelPath> waiting = new ArrayDeque<>(List.of(RelPath.ROOT));
        while (!waiting.isEmpty()) {
            List<Entry> inside = inside(waiting.pop());
            if (isMarked(inside)) {
                continue;
            }
            List<RelPath> below = new ArrayList<>();
            for (Entry entry : timed.apply(inside)) {
                if (isWanted(entry)) {
                    visitor.accept(entry);
                }
                if (entry instanceof Entry.Directory(RelPath path, var _)
                        && depthOf(path) < depth
                        && selection.mayHold(path)) {
                    below.add(path);
                }
            }
            below.reversed().forEach(waiting::push);
        }
    }

    private List<Entry> inside(RelPath directory) {
        List<Entry> inside = new ArrayList<>();
        try {
            pages(ListRequest.children(directory), inside::addAll);
        } catch (StorageException failure) {
            if (directory.isRoot() || failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                throw failure;
            }
            if (failure.kind() != ErrorKind.NOT_FOUND) {
                inside.add(new Entry.Unlisted(directory, failure.kind(), String.valueOf(failure.getMessage())));
            }
        }
        return inside;
    }

    private void pages(ListRequest first, Consumer<List<Entry>> visitor) {
        ListRequest request = first;
        while (true) {
            cancel.check("listing " + storage.displayName());
            ListPage page = storage.list(request);
            visitor.accept(page.entries());
            if (page.next().isEmpty()) {
                return;
            }
            request = request.goOnAfter(page.next().orElseThrow());
        }
    }

    private boolean isWanted(Entry entry) {
        if (depthOf(entry.path()) > depth) {
            return false;
        }
        return switch (entry) {
            case Entry.File file -> {
                boolean selected = selection.selects(file);
                hasMetFiles |= selected;
                yield selected;
            }
            case Entry.Directory(RelPath path, var _) -> selection.selectsDirectory(path);
            case Entry.Unusable unusable -> selection.mayConcern(unusable);
            case Entry.Special(RelPath path, var _) -> selection.selectsPath(path);
            case Entry.Unlisted(RelPath path, var _, var _) -> selection.mayConcern(path);
            case Entry.Leftover _ -> false;
        };
    }

    /// Whether there was any file that is selected.
    public boolean hasMetFiles() {
        return hasMetFiles;
    }

    private static int depthOf(RelPath path) {
        if (path.isRoot()) {
            return 0;
        }
        int segments = 1;
        for (int i = path.text().indexOf('/'); i >= 0; i = path.text().indexOf('/', i + 1)) {
            segments++;
        }
        return segments;
    }
}
