package io.skyferry.control.run;

import io.skyferry.engine.scan.PairKeys;
import io.skyferry.engine.scan.Scan;
import io.skyferry.engine.scan.ScanNotices;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.InlineWorkers;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Goes through what a storage holds in the order of the paths' bytes, whatever the order it lists in.
public final class SortedWalk {
    private final Storage storage;
    private final Selection selection;
    private final Lanes checkers;
    private final CancelFlag cancel;
    private long unlisted;

    /// Goes through what is selected.
    ///
    /// @param checkers who look up times that the selection asks for and the storage does not list
    public SortedWalk(Storage storage, Selection selection, Lanes checkers, CancelFlag cancel) {
        this.storage = storage;
        this.selection = selection;
        this.checkers = checkers;
        this.cancel = cancel;
    }

    /// Shows selected files and directories in their order, and what is neither when it is met.
    ///
    /// @param spill a folder for what does not fit into memory
    /// @return how much could not be listed: directories, times that were asked for, and names that are none
    public long each(Path spill, Consumer<Entry> visitor) {
        unlisted = 0;
        var setting =
                new Scan.Setting("list", new PairKeys(false, false), new InlineWorkers(), checkers, spill, cancel);
        try (var scan = new Scan(storage, selection, setting, new Notices(visitor))) {
            scan.forEachRemaining(keyed -> {
                if (!(keyed.entry() instanceof Entry.Special)) {
                    visitor.accept(keyed.entry());
                }
            });
        }
        return unlisted;
    }

    private final class Notices implements ScanNotices {
        private final Consumer<Entry> visitor;

        Notices(Consumer<Entry> visitor) {
            this.visitor = visitor;
        }

        @Override
        public void unusable(Entry.Unusable entry) {
            unlisted++;
            visitor.accept(entry);
        }

        @Override
        public void special(Entry.Special entry) {
            visitor.accept(entry);
        }

        @Override
        public void unlisted(Entry.Unlisted entry) {
            unlisted++;
            visitor.accept(entry);
        }

        @Override
        public void leftover(Entry.Leftover entry) {
            visitor.accept(entry);
        }

        @Override
        public void listed(int entries) {
            // Nobody counts along.
        }
    }
}
