package io.skyferry.control.run;

import io.skyferry.engine.run.CancelFlag;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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

    /// Looks no deeper than this.
    ///
    /// @param depth 1 for what lies directly in the root; [#ALL] for everything
    public Walk(Storage storage, Selection selection, int depth, CancelFlag cancel) {
        this.storage = storage;
        this.selection = selection;
        this.depth = depth;
        this.cancel = cancel;
    }

    /// Shows every selected file and directory, and whatever is listed that is neither.
    public void each(Consumer<Entry> visitor) {
        if (!selection.markers().isEmpty()) {
            eachByDirectory(visitor);
            return;
        }
        var request = depth == 1 ? ListRequest.children(RelPath.ROOT) : ListRequest.tree(RelPath.ROOT);
        ListRequest.Descent descent = directory -> depthOf(directory) < depth && selection.mayHold(directory);
        pages(request.descending(descent), entry -> {
            if (isWanted(entry)) {
                visitor.accept(entry);
            }
        });
    }

    private void eachByDirectory(Consumer<Entry> visitor) {
        Set<String> markers = selection.markers();
        Deque<RelPath> waiting = new ArrayDeque<>(List.of(RelPath.ROOT));
        while (!waiting.isEmpty()) {
            List<Entry> inside = new ArrayList<>();
            pages(ListRequest.children(waiting.pop()), inside::add);
            boolean marked = inside.stream()
                    .anyMatch(entry -> entry instanceof Entry.File file
                            && markers.contains(file.path().name()));
            if (marked) {
                continue;
            }
            List<RelPath> below = new ArrayList<>();
            for (Entry entry : inside) {
                if (isWanted(entry)) {
                    visitor.accept(entry);
                }
                if (entry instanceof Entry.Directory(RelPath path, _)
                        && depthOf(path) < depth
                        && selection.mayHold(path)) {
                    below.add(path);
                }
            }
            below.reversed().forEach(waiting::push);
        }
    }

    private void pages(ListRequest first, Consumer<Entry> visitor) {
        ListRequest request = first;
        while (true) {
            cancel.check("listing " + storage.displayName());
            ListPage page = storage.list(request);
            page.entries().forEach(visitor);
            if (page.next().isEmpty()) {
                return;
            }
            request = request.goOnAfter(page.next().get());
        }
    }

    private boolean isWanted(Entry entry) {
        if (depthOf(entry.path()) > depth) {
            return false;
        }
        return switch (entry) {
            case Entry.File file -> selection.selects(file);
            case Entry.Directory(RelPath path, _) -> selection.selectsDirectory(path);
            case Entry.Unusable _, Entry.Special _, Entry.Unlisted _ -> true;
            case Entry.Leftover _ -> false;
        };
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
