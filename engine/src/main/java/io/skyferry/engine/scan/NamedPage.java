package io.skyferry.engine.scan;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The few files that a selection names, looked up instead of listed with all that lies around them. Who may read them
/// need not be allowed to list.
///
/// Where a look fails, an [Entry.Unlisted] says so: nothing may be inferred from absence there.
final class NamedPage implements Iterator<List<Entry>> {
    /// So many looks cost less than one page of a listing, as clouds charge for them.
    private static final int MOST = 10;

    private final Storage storage;
    private final List<RelPath> names;
    private final Lanes checkers;
    private final CancelFlag cancel;
    private boolean given;

    NamedPage(Storage storage, List<RelPath> names, Lanes checkers, CancelFlag cancel) {
        this.storage = storage;
        this.names = names;
        this.checkers = checkers;
        this.cancel = cancel;
    }

    /// The names that are looked up, where a selection names few files; empty: the storage is listed.
    ///
    /// Folders of a disk are listed all the same: they hold what interrupted runs left, and cost nothing.
    static Optional<List<RelPath>> names(Storage storage, Selection selection) {
        Capabilities.Listing listing = storage.capabilities().listing();
        return listing.emptyDirectories()
                ? Optional.empty()
                : selection.listedFiles().filter(files -> !files.isEmpty() && files.size() <= MOST);
    }

    /// One name and what is there.
    private static final class Place {
        private final RelPath name;
        private Optional<Entry> found = Optional.empty();

        Place(RelPath name) {
            this.name = name;
        }
    }

    @Override
    public boolean hasNext() {
        return !given;
    }

    @Override
    public List<Entry> next() {
        if (given) {
            throw new NoSuchElementException();
        }
        given = true;
        List<Place> places = names.stream().map(Place::new).toList();
        checkers.together(places, this::look);
        List<Entry> entries = new ArrayList<>();
        String last = "";
        for (Place place : places) {
            if (place.found.isPresent()) {
                addAbove(place.name.text(), last, entries);
                entries.add(place.found.orElseThrow());
                last = place.name.text();
            }
        }
        return entries;
    }

    private void look(Place place) {
        cancel.check("looking up files");
        try {
            place.found = storage.stat(place.name);
        } catch (StorageException failure) {
            if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                throw failure;
            }
            String reason = "it could not be looked up: " + failure.getMessage();
            place.found = Optional.of(new Entry.Unlisted(place.name, failure.kind(), reason));
        }
    }

    /// As a listing has them: the directories above a file that are not above the one before it.
    private static void addAbove(String name, String last, List<Entry> entries) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (!last.startsWith(name.substring(0, slash + 1))) {
                entries.add(new Entry.Directory(new RelPath(name.substring(0, slash)), Optional.empty()));
            }
        }
    }
}
