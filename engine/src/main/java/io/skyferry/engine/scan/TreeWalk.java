package io.skyferry.engine.scan;

import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// A tree listed directory by directory, each one sorted: for storages that do not list trees, and for selections
/// that must see a whole directory before its first entry counts.
final class TreeWalk implements Iterator<List<Entry>> {
    private static final int PAGE = 1_000;

    private final Storage storage;
    private final Selection selection;
    private final Path spill;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();

    private record Level(Iterator<SpilledSort.Line> children, SpilledSort sort) {}

    TreeWalk(Storage storage, Selection selection, Path spill) {
        this.storage = storage;
        this.selection = selection;
        this.spill = spill;
    }

    private boolean begun;

    @Override
    public boolean hasNext() {
        return !begun || !levels.isEmpty();
    }

    @Override
    public List<Entry> next() {
        List<Entry> page = new ArrayList<>();
        if (!begun) {
            begun = true;
            enter(RelPath.ROOT, page);
        } else if (levels.isEmpty()) {
            throw new NoSuchElementException();
        }
        while (page.size() < PAGE && !levels.isEmpty()) {
            Level level = levels.peek();
            if (level.children().hasNext()) {
                Entry child = EntryLines.read(level.children().next().text());
                page.add(child);
                if (child instanceof Entry.Directory directory && selection.mayHold(directory.path())) {
                    enterBelow(directory.path(), page);
                }
            } else {
                levels.pop().sort().close();
            }
        }
        return page;
    }

    private void enterBelow(RelPath directory, List<Entry> page) {
        try {
            enter(directory, page);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return; // It went while the walk was on its way: the same as never having been there.
            }
            if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                throw failure;
            }
            page.add(new Entry.Unlisted(directory, failure.kind(), String.valueOf(failure.getMessage())));
        }
    }

    /// Lists a directory and puts its files and directories, sorted, on top; what is neither goes to the page.
    private void enter(RelPath directory, List<Entry> page) {
        var sort = new SpilledSort(spill);
        List<Entry> others = new ArrayList<>();
        boolean marked = false;
        Optional<ListRequest> request = Optional.of(ListRequest.children(directory));
        while (request.isPresent()) {
            ListPage listed = storage.list(request.orElseThrow());
            for (Entry entry : listed.entries()) {
                switch (entry) {
                    case Entry.File file -> {
                        marked |= selection.markers().contains(file.path().name());
                        sort.add(file.path().text(), EntryLines.write(file));
                    }
                    case Entry.Directory below -> sort.add(below.path().text() + "/", EntryLines.write(below));
                    case Entry.Special special -> sort.add(special.path().text(), EntryLines.write(special));
                    case Entry.Unusable _, Entry.Unlisted _, Entry.Leftover _ -> others.add(entry);
                }
            }
            request = listed.next().map(request.orElseThrow()::goOnAfter);
        }
        if (marked) {
            sort.close();
        } else {
            page.addAll(others);
            levels.push(new Level(sort.sorted(), sort));
        }
    }
}
