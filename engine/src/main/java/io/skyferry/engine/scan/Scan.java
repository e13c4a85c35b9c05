package io.skyferry.engine.scan;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// One side as a stream of selected files and directories, and of what is left alone, sorted by key.
///
/// The rest goes to the notices. A listing that fails ends the stream with its [StorageException]; one that
/// steps back in order does too, as nothing may be inferred from it.
public final class Scan implements Iterator<Keyed>, AutoCloseable {
    private final Storage storage;
    private final Selection selection;
    private final PairKeys keys;
    private final ScanNotices notices;
    private final CancelFlag cancel;
    private final Times times;
    private final Workers.Ahead<List<Entry>> pages;
    private final Iterator<Keyed> ordered;
    private final @Nullable SpilledSort sort;
    private final @Nullable SplitPages split;
    private Iterator<Entry> page = Collections.emptyIterator();
    private @Nullable Keyed next;
    private String last = "";

    /// What a scan needs.
    ///
    /// @param name of the side, for its thread
    /// @param checkers who look up times that are asked for and not listed
    /// @param spill a folder for listings that come unsorted
    public record Setting(String name, PairKeys keys, Workers workers, Lanes checkers, Path spill, CancelFlag cancel) {}

    /// Begins to list a storage.
    public Scan(Storage storage, Selection selection, Setting setting, ScanNotices notices) {
        this.storage = storage;
        this.selection = selection;
        this.keys = setting.keys();
        this.notices = notices;
        this.cancel = setting.cancel();
        Capabilities.Listing listing = storage.capabilities().listing();
        boolean sorted = listing.order() == Capabilities.Order.UTF8_BYTES && keys.areExact();
        boolean walks = !listing.recursive() || !selection.markers().isEmpty();
        this.split = sorted && !walks && listing.ranges()
                ? new SplitPages(storage, selection, setting.workers(), setting.name())
                : null;
        Iterator<List<Entry>> whole =
                walks ? new TreeWalk(storage, selection, setting.spill()) : new Pages(storage, selection);
        Iterator<List<Entry>> listed = split == null ? whole : split;
        Iterator<List<Entry>> source = keys.areExact() ? new NamedFile(storage, selection, listed) : listed;
        this.times = new Times(storage, selection::hangsOnTime, setting.checkers(), cancel);
        this.pages = setting.workers().ahead(setting.name(), new Timed(source), 4);
        if (sorted || (walks && keys.areExact())) {
            this.sort = null;
            this.ordered = new AsListed();
        } else {
            this.sort = new SpilledSort(setting.spill());
            this.ordered = sortedBy(sort);
        }
    }

    private Iterator<Keyed> sortedBy(SpilledSort sorting) {
        var unsorted = new AsListed();
        return new Iterator<>() {
            private @Nullable Iterator<SpilledSort.Line> lines;

            private Iterator<SpilledSort.Line> lines() {
                Iterator<SpilledSort.Line> ready = lines;
                if (ready == null) {
                    while (unsorted.hasNext()) {
                        Keyed keyed = unsorted.next();
                        sorting.add(keyed.key(), EntryLines.write(keyed.entry()));
                    }
                    ready = sorting.sorted();
                    lines = ready;
                }
                return ready;
            }

            @Override
            public boolean hasNext() {
                return lines().hasNext();
            }

            @Override
            public Keyed next() {
                SpilledSort.Line line = lines().next();
                return new Keyed(line.key(), EntryLines.read(line.text()));
            }
        };
    }

    @Override
    public boolean hasNext() {
        if (next == null && ordered.hasNext()) {
            Keyed keyed = ordered.next();
            if (RelPath.compareTexts(last, keyed.key()) > 0) {
                throw StorageException.noEffect(
                        ErrorKind.UNEXPECTED,
                        new Where(
                                storage.displayName(), Verb.LIST, keyed.entry().path()),
                        "The listing steps back from '%s' to '%s': nothing can be inferred from it"
                                .formatted(last, keyed.key()));
            }
            last = keyed.key();
            next = keyed;
        }
        return next != null;
    }

    @Override
    public Keyed next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Keyed keyed = next;
        next = null;
        return keyed;
    }

    @Override
    public void close() {
        times.stop();
        pages.close();
        if (split != null) {
            split.close();
        }
        if (sort != null) {
            sort.close();
        }
    }

    /// The selected files and directories of the pages, as they come.
    private final class AsListed implements Iterator<Keyed> {
        private @Nullable Entry ready;

        @Override
        public boolean hasNext() {
            while (ready == null) {
                if (!page.hasNext()) {
                    cancel.check("listing");
                    if (!pages.hasNext()) {
                        return false;
                    }
                    List<Entry> entries = pages.next();
                    notices.listed(entries.size());
                    page = entries.iterator();
                } else {
                    ready = selected(page.next());
                }
            }
            return true;
        }

        @Override
        public Keyed next() {
            if (!hasNext() || ready == null) {
                throw new NoSuchElementException();
            }
            Entry entry = ready;
            ready = null;
            return new Keyed(keys.of(entry), entry);
        }
    }

    /// Whether one file is all that is selected, is looked up, and is there.
    public static boolean findsOnly(Storage storage, Selection selection) {
        return NamedFile.find(storage, selection).isPresent();
    }

    private @Nullable Entry selected(Entry entry) {
        if (entry instanceof Entry.File file) {
            return selection.selects(file) ? file : null;
        }
        if (entry instanceof Entry.Directory directory) {
            return selection.selectsDirectory(directory.path()) ? directory : null;
        }
        return told(entry);
    }

    /// What is no file and no directory, kept where it stands in the way of others.
    private @Nullable Entry told(Entry entry) {
        return switch (entry) {
            case Entry.File _, Entry.Directory _ -> entry;
            case Entry.Unusable unusable -> {
                if (selection.mayConcern(unusable)) {
                    notices.unusable(unusable);
                }
                yield null;
            }
            case Entry.Special special -> {
                if (selection.selectsPath(special.path())) {
                    notices.special(special);
                }
                yield special;
            }
            case Entry.Unlisted unlisted -> {
                notices.unlisted(unlisted);
                yield null;
            }
            case Entry.Leftover leftover -> {
                notices.leftover(leftover);
                yield null;
            }
        };
    }

    /// Pages with the times that the selection hangs on; made by the thread that lists.
    private final class Timed implements Iterator<List<Entry>> {
        private final Iterator<List<Entry>> listed;

        Timed(Iterator<List<Entry>> listed) {
            this.listed = listed;
        }

        @Override
        public boolean hasNext() {
            return listed.hasNext();
        }

        @Override
        public List<Entry> next() {
            return times.told(listed.next());
        }
    }

    /// The pages of a recursive listing.
    private static final class Pages implements Iterator<List<Entry>> {
        private final Storage storage;
        private @Nullable ListRequest request;

        Pages(Storage storage, Selection selection) {
            this.storage = storage;
            this.request = ListRequest.tree(RelPath.ROOT).descending(selection::mayHold);
        }

        @Override
        public boolean hasNext() {
            return request != null;
        }

        @Override
        public List<Entry> next() {
            ListRequest asked = request;
            if (asked == null) {
                throw new NoSuchElementException();
            }
            ListPage listed = storage.list(asked);
            request = listed.next().map(asked::goOnAfter).orElse(null);
            return listed.entries();
        }
    }
}
