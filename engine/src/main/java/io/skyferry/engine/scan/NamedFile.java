package io.skyferry.engine.scan;

import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The one file that a selection names, looked up instead of listed with all that lies around it. Who may read it need
/// not be allowed to list.
///
/// What the look does not find, or whatever keeps it from looking, is left to the listing: that tells more of why.
final class NamedFile implements Iterator<List<Entry>> {
    private final Storage storage;
    private final Selection selection;
    private final Iterator<List<Entry>> listing;
    private Optional<Entry.File> found = Optional.empty();
    private boolean looked;
    private boolean given;

    /// @param listing asked only where the look finds nothing
    NamedFile(Storage storage, Selection selection, Iterator<List<Entry>> listing) {
        this.storage = storage;
        this.selection = selection;
        this.listing = listing;
    }

    /// The file, if it is to be looked up and is there.
    ///
    /// Folders of a disk are listed all the same: they hold what interrupted runs left, and cost nothing. So are
    /// encrypted ones, whose entries that no key opens may be any file.
    static Optional<Entry.File> find(Storage storage, Selection selection) {
        Optional<RelPath> name = selection.onlyFile();
        if (name.isEmpty()
                || storage.capabilities().listing().emptyDirectories()
                || !storage.identity().key().isEmpty()) {
            return Optional.empty();
        }
        try {
            return storage.stat(name.orElseThrow())
                    .filter(Entry.File.class::isInstance)
                    .map(Entry.File.class::cast);
        } catch (StorageException failure) {
            // A look has no words for most of what a listing mends: another region, a clock that is wrong.
            System.getLogger(NamedFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "Listed, as the look failed: {0}", failure.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean hasNext() {
        if (!looked) {
            looked = true;
            found = find(storage, selection);
        }
        return found.isPresent() ? !given : listing.hasNext();
    }

    @Override
    public List<Entry> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        given = true;
        return found.isPresent() ? List.of(found.orElseThrow()) : listing.next();
    }
}
