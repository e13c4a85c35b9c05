package io.skyferry.control.run;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import java.util.List;

/// Looks into a place one directory at a time, for whoever chooses one: the buckets of an account come first.
public final class Browser {
    private final StorageOpener opener;

    /// Opens by this; a person waits, so that [StackWishes#AT_ONCE] suits.
    public Browser(StorageOpener opener) {
        this.opener = opener;
    }

    /// What lies directly in the place, sorted by name. Of an account, such as a credential without a path, these are
    /// its buckets, each an [Entry.Directory].
    ///
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public List<Entry> children(StorageSpec place, CancelFlag cancel) {
        return below(place, "", cancel);
    }

    /// What lies directly in a folder of the place, sorted by name.
    ///
    /// @param folder empty: the place itself
    /// @throws io.skyferry.storage.StorageException if it cannot be listed
    public List<Entry> below(StorageSpec place, String folder, CancelFlag cancel) {
        try (Storage storage = opener.open(place)) {
            return new Walk(storage, Selection.everything(), Walk.ALL, cancel).children(new RelPath(folder));
        }
    }
}
