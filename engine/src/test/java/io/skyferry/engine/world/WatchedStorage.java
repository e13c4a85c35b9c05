package io.skyferry.engine.world;

import io.skyferry.engine.world.Place.Begun;
import io.skyferry.engine.world.Place.State;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.Quota;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.SimulatedCrash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A place as the innermost layer shows it: each call is a moment at which things may happen, and each effect is held
/// against the rules of the run.
final class WatchedStorage implements Storage {
    /// Calls that tell or change what a file is.
    private static final Set<Verb> OF_FILES = EnumSet.of(
            Verb.STAT,
            Verb.READ,
            Verb.WRITE,
            Verb.FINISH_UPLOAD,
            Verb.COPY,
            Verb.MOVE,
            Verb.DELETE,
            Verb.DELETE_ALL,
            Verb.SET_MOD_TIME);

    private final Place place;
    private final Storage inner;
    private final Moments moments;
    private final Watch watch;
    private final Parts parts;
    private boolean editedAfterLook;

    WatchedStorage(Place place, Moments moments, Watch watch, Parts parts) {
        this.place = place;
        this.inner = place.storage;
        this.moments = moments;
        this.watch = watch;
        this.parts = parts;
    }

    private <R> R call(Verb verb, RelPath path, Supplier<R> doing) {
        moments.lock.lock();
        try {
            boolean looked = place.wasJustCalled(path);
            moments.pass(place.name, "before " + verb, path);
            editedAfterLook = looked && place.isEditedSinceCall(path);
            noteCall(verb, path);
            R answer = doing.get();
            noteCall(verb, path);
            moments.pass(place.name, "after " + verb, path);
            return answer;
        } catch (Violation violation) {
            moments.broke(violation);
            throw violation;
        } finally {
            moments.lock.unlock();
        }
    }

    private void noteCall(Verb verb, RelPath path) {
        if (OF_FILES.contains(verb)) {
            place.noteCall(path, moments.now());
        }
    }

    private void tell(Verb verb, RelPath path, Runnable doing) {
        call(verb, path, () -> {
            doing.run();
            return true;
        });
    }

    /// A call that may store something at a path; the effect is judged also where its end is a failure.
    private <R> R storing(Verb verb, RelPath path, Supplier<R> doing) {
        return call(verb, path, () -> {
            boolean afterLook = editedAfterLook;
            Optional<State> before = place.at(path);
            long begun = moments.now();
            try {
                return doing.get();
            } finally {
                judgeStored(path, before, begun, afterLook);
            }
        });
    }

    private void judgeStored(RelPath path, Optional<State> before, long begun, boolean afterLook) {
        boolean inCall = place.editedAt(path) > begun;
        Optional<State> stood = (inCall ? place.leftByActor(path) : before)
                .map(state -> new State(state.entry().at(path), state.content()));
        Optional<State> after =
                place.at(path).map(state -> new State(state.entry().at(path), state.content()));
        if (after.isPresent() && !after.equals(stood)) {
            watch.stored(place, path, stood, after.orElseThrow(), inCall, afterLook);
        }
    }

    @Override
    public String displayName() {
        return place.name;
    }

    @Override
    public StorageIdentity identity() {
        StorageIdentity identity = inner.identity();
        return new StorageIdentity("memory", place.here ? "" : "account", identity.root(), identity.volume(), "");
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public ListPage list(ListRequest request) {
        return call(Verb.LIST, request.directory(), () -> {
            if (place.unlistable.contains(request.directory())) {
                throw StorageException.noEffect(
                        ErrorKind.FORBIDDEN,
                        new StorageException.Where(place.name, Verb.LIST, request.directory()),
                        "Want to list but may not");
            }
            ListPage page = inner.list(request);
            List<Entry> entries = new ArrayList<>();
            page.entries().stream()
                    .filter(entry -> !isHidden(request, entry.path()))
                    .forEach(entries::add);
            if (page.next().isEmpty()) {
                addExtras(request, entries);
            }
            return new ListPage(entries, page.next());
        });
    }

    private boolean isHidden(ListRequest request, RelPath path) {
        return request.depth() == ListRequest.Depth.TREE
                && place.unlistable.stream().anyMatch(dir -> dir.holds(path) && !dir.equals(path));
    }

    private void addExtras(ListRequest request, List<Entry> entries) {
        boolean tree = request.depth() == ListRequest.Depth.TREE;
        if (tree) {
            place.unlistable.forEach(
                    dir -> entries.add(new Entry.Unlisted(dir, ErrorKind.FORBIDDEN, "Want to list but may not")));
        }
        place.shownLeftovers().values().stream()
                .filter(left -> tree || left.path().parent().equals(request.directory()))
                .forEach(entries::add);
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return call(Verb.STAT, path, () -> inner.stat(path));
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        return call(Verb.READ, seen.path(), () -> {
            Body body = inner.read(seen, range);
            return new Body(
                    body.file(),
                    new MeddledStream(body.stream(), () -> moments.pass(place.name, "within READ", seen.path())));
        });
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.empty();
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        return storing(Verb.WRITE, file, () -> {
            try {
                return inner.write(file, content, options);
            } catch (SimulatedCrash crash) {
                leave(file, options);
                throw crash;
            }
        });
    }

    /// A disk's write that dies leaves a temporary file.
    private void leave(RelPath file, WriteOptions options) {
        if (place.here) {
            String id = "w" + moments.now();
            if (!file.parent().isRoot() && isMakeable(file.parent())) {
                place.door.mkdir(file.parent().text());
            }
            place.leftovers.put(
                    id, new Entry.Leftover(file, options.owner(), new PendingUpload(file, id, Instant.EPOCH)));
        }
    }

    private boolean isMakeable(RelPath directory) {
        for (RelPath above = directory; !above.isRoot(); above = above.parent()) {
            if (place.at(above).isPresent()) {
                return false;
            }
        }
        return place.traits.capabilities().listing().emptyDirectories();
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        return call(Verb.BEGIN_UPLOAD, file, () -> {
            Upload upload = inner.beginUpload(file, content, options);
            place.begun.put(upload.token(), new Begun(file, options.owner()));
            parts.begun(
                    place.name,
                    upload,
                    content.fingerprint(),
                    options.condition() + " " + options.durability(),
                    moments.now());
            return upload;
        });
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        return call(Verb.PROMISE, upload.file(), () -> inner.promise(upload, number, whole));
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        return call(Verb.PUT_PART, upload.file(), () -> {
            parts.sending(place.name, upload, number);
            return inner.putPart(upload, number, promise, whole);
        });
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return call(Verb.LIST_PARTS, upload.file(), () -> inner.listParts(upload));
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        return inner.held(upload, part, promise, whole);
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> sent) {
        return storing(Verb.FINISH_UPLOAD, upload.file(), () -> {
            Entry.File made = inner.finishUpload(upload, sent);
            ended(upload.token());
            return made;
        });
    }

    private void ended(String token) {
        place.begun.remove(token);
    }

    @Override
    public void abandonUpload(Upload upload) {
        tell(Verb.ABANDON_UPLOAD, upload.file(), () -> {
            checkOurs(upload.file(), upload.token());
            parts.abandoning(upload, watch, place);
            inner.abandonUpload(upload);
            ended(upload.token());
        });
    }

    private void checkOurs(RelPath file, String id) {
        if (place.foreignUploads.contains(id)) {
            throw new Violation("Abandoned somebody else's upload of '%s'".formatted(file));
        }
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return call(Verb.LIST_UPLOADS, file, () -> inner.listUploads(file));
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        tell(Verb.ABANDON_PENDING, pending.file(), () -> {
            checkOurs(pending.file(), pending.id());
            place.leftovers.remove(pending.id());
            inner.abandonPending(pending);
            ended(pending.id());
        });
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return storing(Verb.COPY, to, () -> {
            Optional<State> origin = place.at(seen.path());
            Entry.File made = inner.copy(seen, to, options);
            origin.ifPresent(state -> watch.copied(place, seen.path(), to, state));
            return made;
        });
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        return call(Verb.MOVE, seen.path(), () -> {
            Optional<State> before = place.at(seen.path());
            Entry.File moved = inner.move(seen, to);
            if (before.isPresent() && !seen.path().equals(to)) {
                watch.moved(place, seen.path(), to, before.orElseThrow());
            }
            return moved;
        });
    }

    @Override
    public Removal delete(Entry.File seen) {
        return call(Verb.DELETE, seen.path(), () -> {
            Optional<State> before = place.at(seen.path());
            Removal removal = inner.delete(seen);
            judgeRemoved(seen.path(), before);
            return removal;
        });
    }

    private void judgeRemoved(RelPath path, Optional<State> before) {
        if (before.isPresent() && place.at(path).isEmpty()) {
            watch.removed(place, path, before.orElseThrow());
        }
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        RelPath first = seen.isEmpty() ? RelPath.ROOT : seen.getFirst().path();
        return call(Verb.DELETE_ALL, first, () -> {
            List<Optional<State>> before =
                    seen.stream().map(file -> place.at(file.path())).toList();
            List<DeleteResult> results = inner.deleteAll(seen);
            for (int i = 0; i < seen.size(); i++) {
                judgeRemoved(seen.get(i).path(), before.get(i));
            }
            return results;
        });
    }

    @Override
    public void makeDirectory(RelPath directory) {
        tell(Verb.MAKE_DIRECTORY, directory, () -> {
            int before = place.door.directories().size();
            inner.makeDirectory(directory);
            if (place.door.directories().size() != before) {
                watch.directory(place, "make", directory);
            }
        });
    }

    @Override
    public void removeDirectory(RelPath directory) {
        tell(Verb.REMOVE_DIRECTORY, directory, () -> {
            int before = place.door.directories().size();
            inner.removeDirectory(directory);
            if (place.door.directories().size() != before) {
                watch.directory(place, "remove", directory);
            }
        });
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return storing(Verb.SET_MOD_TIME, seen.path(), () -> inner.setModTime(seen, modTime));
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        return call(Verb.VERSIONS, file, () -> inner.versions(file));
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        return call(Verb.CHANGES, RelPath.ROOT, () -> inner.changes(since));
    }

    @Override
    public Quota quota() {
        return call(Verb.QUOTA, RelPath.ROOT, inner::quota);
    }

    @Override
    public void flush() {
        tell(Verb.FLUSH, RelPath.ROOT, inner::flush);
    }

    @Override
    public void close() {
        inner.close();
    }
}
