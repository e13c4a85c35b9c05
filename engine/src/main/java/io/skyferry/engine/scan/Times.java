package io.skyferry.engine.scan;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Looks up the modification times that a listing does not tell, several at a time; the order of entries stays.
///
/// What a look shows is taken whole. A file that is gone by then is left out, as if it had never been listed. Where
/// the look fails, an [Entry.Unlisted] comes before the file: nothing may be inferred from what its time would decide.
public final class Times {
    private final Storage storage;
    private final Predicate<Entry.File> wanted;
    private final Lanes checkers;
    private final CancelFlag cancel;
    private volatile boolean stopped;

    /// Asks a storage.
    ///
    /// @param wanted whether the time of a file matters; the others are left as they are listed
    public Times(Storage storage, Predicate<Entry.File> wanted, Lanes checkers, CancelFlag cancel) {
        this.storage = storage;
        this.wanted = wanted;
        this.checkers = checkers;
        this.cancel = cancel;
    }

    /// One entry and what comes in its place.
    private static final class Place {
        private List<Entry> found;

        Place(Entry listed) {
            this.found = List.of(listed);
        }
    }

    /// Whether the time of an entry is to be looked up.
    public boolean isWantedOf(Entry entry) {
        return entry instanceof Entry.File file && file.modTime() instanceof ModTime.NotListed && wanted.test(file);
    }

    /// The same entries with the times that matter.
    ///
    /// @throws StorageException if a look showed that nothing can be had of the whole storage
    public List<Entry> told(List<Entry> entries) {
        if (entries.stream().noneMatch(this::isWantedOf)) {
            return entries;
        }
        List<Place> asked = new ArrayList<>();
        List<Place> all = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            var place = new Place(entry);
            all.add(place);
            if (isWantedOf(entry)) {
                asked.add(place);
            }
        }
        checkers.together(asked, this::look);
        return all.stream().flatMap(place -> place.found.stream()).toList();
    }

    private void look(Place place) {
        Entry listed = place.found.getFirst();
        if (stopped) {
            throw new CancelledException("looking up times");
        }
        cancel.check("looking up times");
        try {
            Optional<Entry> now = storage.stat(listed.path());
            place.found = now.filter(Entry.File.class::isInstance).stream().toList();
        } catch (StorageException failure) {
            if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
                throw failure;
            }
            var reason = "its modification time could not be looked up: " + failure.getMessage();
            place.found = List.of(new Entry.Unlisted(listed.path(), failure.kind(), reason), listed);
        }
    }

    /// Nobody waits for what is being looked up any more.
    void stop() {
        stopped = true;
    }
}
