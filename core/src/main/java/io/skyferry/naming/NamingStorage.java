package io.skyferry.naming;

import io.skyferry.naming.PathEncoder.Decoded;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.Quota;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A storage that holds any name, over one that does not: names are encoded on their way in and decoded
/// on their way out, those in failures too.
///
/// A name below that no encoding makes, because somebody else wrote it, is listed as [Entry.Unusable]. A
/// name that is too long once it is encoded is rejected. Where a policy rewrites names, listings come in
/// no order any more.
public final class NamingStorage implements Storage {
    private final Storage inner;
    private final PathEncoder paths;

    private NamingStorage(Storage inner, NamePolicy policy) {
        this.inner = inner;
        this.paths = new PathEncoder(policy);
    }

    /// The storage under a policy; the storage itself where the policy rewrites nothing.
    public static Storage over(Storage inner, NamePolicy policy) {
        return policy.rewrites() ? new NamingStorage(inner, policy) : inner;
    }

    @Override
    public String displayName() {
        return inner.displayName();
    }

    @Override
    public StorageIdentity identity() {
        return inner.identity();
    }

    @Override
    public Capabilities capabilities() {
        Capabilities below = inner.capabilities();
        Capabilities.Listing listing = below.listing();
        Capabilities.Limits limits = below.limits();
        return below.with(new Capabilities.Listing(
                        listing.recursive(), listing.emptyDirectories(), Order.NONE, listing.consistent()))
                .with(new Capabilities.Limits(
                        limits.maxFileBytes(), limits.maxPathBytes(), plain -> refusal(limits, plain)));
    }

    private Optional<String> refusal(Capabilities.Limits below, RelPath plain) {
        RelPath stored = paths.encode(plain);
        return paths.faultOf(stored)
                .map(fault -> "Want a name that can be stored but have '%s': %s".formatted(plain, fault))
                .or(() -> below.refusal(stored));
    }

    @Override
    public ListPage list(ListRequest request) {
        RelPath directory = in(Verb.LIST, request.directory());
        var below = new ListRequest(
                directory, request.depth(), KeyRange.ALL, request.after(), stored -> enters(request.descent(), stored));
        ListPage page = telling(() -> inner.list(below));
        List<Entry> entries = new ArrayList<>(page.entries().size());
        for (Entry entry : page.entries()) {
            out(entry).filter(plain -> isInRange(request.range(), plain)).ifPresent(entries::add);
        }
        return new ListPage(entries, page.next());
    }

    private boolean enters(ListRequest.Descent descent, RelPath stored) {
        Decoded plain = paths.decode(stored);
        return !plain.isWhole() || descent.enters(plain.known());
    }

    private static boolean isInRange(KeyRange range, Entry entry) {
        return switch (entry) {
            case Entry.File file -> range.holds(file.path().text());
            case Entry.Special special -> range.holds(special.path().text());
            case Entry.Leftover leftover -> range.holds(leftover.path().text());
            // Directories above a range may come with it; what cannot be named has no key that could lie outside.
            case Entry.Directory directory -> true;
            case Entry.Unlisted unlisted -> true;
            case Entry.Unusable unusable -> true;
        };
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        RelPath stored = paths.encode(path);
        // A name that cannot be stored stands for nothing that could be there.
        return paths.faultOf(stored).isPresent()
                ? Optional.empty()
                : telling(() -> inner.stat(stored)).flatMap(this::out);
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        Entry.File stored = in(Verb.READ, seen);
        Body body = telling(() -> inner.read(stored, range));
        return new Body(out(body.file()), new NamedStream(body.stream(), this::plain));
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        RelPath stored = paths.encode(seen.path());
        return inner.origin(seen.at(stored));
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        RelPath stored = in(Verb.WRITE, file);
        return out(telling(() -> inner.write(stored, content, options)));
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        RelPath stored = in(Verb.BEGIN_UPLOAD, file);
        Upload upload = telling(() -> inner.beginUpload(stored, content, options));
        return new Upload(file, upload.token(), upload.rules());
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        Upload stored = in(Verb.PROMISE, upload);
        return telling(() -> inner.promise(stored, number, whole));
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        Upload stored = in(Verb.PUT_PART, upload);
        return telling(() -> inner.putPart(stored, number, promise, whole));
    }

    @Override
    public List<Part> listParts(Upload upload) {
        Upload stored = in(Verb.LIST_PARTS, upload);
        return telling(() -> inner.listParts(stored));
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        Upload stored = in(Verb.LIST_PARTS, upload);
        return telling(() -> inner.held(stored, part, promise, whole));
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        Upload stored = in(Verb.FINISH_UPLOAD, upload);
        return out(telling(() -> inner.finishUpload(stored, parts)));
    }

    @Override
    public void abandonUpload(Upload upload) {
        Upload stored = in(Verb.ABANDON_UPLOAD, upload);
        telling(() -> inner.abandonUpload(stored));
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        RelPath stored = in(Verb.LIST_UPLOADS, file);
        return telling(() -> inner.listUploads(stored)).stream().map(this::out).toList();
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        RelPath stored = in(Verb.ABANDON_PENDING, pending.file());
        telling(() -> inner.abandonPending(new PendingUpload(stored, pending.id(), pending.begun())));
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        RelPath storedTo = in(Verb.COPY, to);
        Entry.File stored = in(Verb.COPY, seen);
        return out(telling(() -> inner.copy(stored, storedTo, options)));
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        Entry.File stored = in(Verb.MOVE, seen);
        RelPath storedTo = in(Verb.MOVE, to);
        return out(telling(() -> inner.move(stored, storedTo)));
    }

    @Override
    public Removal delete(Entry.File seen) {
        Entry.File stored = in(Verb.DELETE, seen);
        return telling(() -> inner.delete(stored));
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        List<Entry.File> stored =
                seen.stream().map(file -> in(Verb.DELETE_ALL, file)).toList();
        List<DeleteResult> below = telling(() -> inner.deleteAll(stored));
        List<DeleteResult> results = new ArrayList<>(below.size());
        for (int i = 0; i < below.size(); i++) {
            Entry.File file = seen.get(i);
            results.add(
                    switch (below.get(i)) {
                        case DeleteResult.Removed removed -> new DeleteResult.Removed(file, removed.removal());
                        case DeleteResult.Refused refused -> new DeleteResult.Refused(file, plain(refused.failure()));
                    });
        }
        return results;
    }

    @Override
    public void makeDirectory(RelPath directory) {
        RelPath stored = in(Verb.MAKE_DIRECTORY, directory);
        telling(() -> inner.makeDirectory(stored));
    }

    @Override
    public void removeDirectory(RelPath directory) {
        RelPath stored = in(Verb.REMOVE_DIRECTORY, directory);
        telling(() -> inner.removeDirectory(stored));
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        Entry.File stored = in(Verb.SET_MOD_TIME, seen);
        return out(telling(() -> inner.setModTime(stored, modTime)));
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        RelPath stored = in(Verb.VERSIONS, file);
        return telling(() -> inner.versions(stored)).stream().map(this::out).toList();
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        ChangePage page = telling(() -> inner.changes(since));
        List<ChangePage.Change> changes = page.changes().stream()
                .map(change -> new ChangePage.Change(
                        change.id(),
                        change.path()
                                .map(paths::decode)
                                .filter(Decoded::isWhole)
                                .map(Decoded::known),
                        change.entry().flatMap(this::out)))
                .toList();
        return new ChangePage(changes, page.next(), page.more());
    }

    @Override
    public Quota quota() {
        return telling(inner::quota);
    }

    @Override
    public void flush() {
        telling(inner::flush);
    }

    @Override
    public void close() {
        inner.close();
    }

    private RelPath in(Verb verb, RelPath plain) {
        RelPath stored = paths.encode(plain);
        Optional<String> fault = paths.faultOf(stored);
        if (fault.isPresent()) {
            throw StorageException.noEffect(
                    ErrorKind.NAME_REJECTED,
                    new Where(displayName(), verb, plain),
                    "Want a name that can be stored but have '%s': %s".formatted(plain, fault.orElseThrow()));
        }
        return stored;
    }

    private Entry.File in(Verb verb, Entry.File plain) {
        return plain.at(in(verb, plain.path()));
    }

    private Upload in(Verb verb, Upload plain) {
        return new Upload(in(verb, plain.file()), plain.token(), plain.rules());
    }

    private Entry.File out(Entry.File stored) {
        return stored.at(paths.forMessages(stored.path()));
    }

    private PendingUpload out(PendingUpload stored) {
        return new PendingUpload(paths.forMessages(stored.file()), stored.id(), stored.begun());
    }

    /// The entry in plain names; below a directory without a plain name only what is no directory itself.
    private Optional<Entry> out(Entry stored) {
        Decoded path = paths.decode(stored.path());
        if (!path.isWhole()) {
            boolean counts = !(stored instanceof Entry.Directory) || path.rest().indexOf('/') < 0;
            return counts ? Optional.of(unusable(path)) : Optional.empty();
        }
        RelPath plain = path.known();
        return Optional.of(
                switch (stored) {
                    case Entry.File file -> file.at(plain);
                    case Entry.Directory directory -> new Entry.Directory(plain, directory.id());
                    case Entry.Special special -> new Entry.Special(plain, special.kind());
                    case Entry.Unlisted unlisted -> new Entry.Unlisted(plain, unlisted.kind(), unlisted.reason());
                    case Entry.Leftover leftover -> new Entry.Leftover(plain, leftover.owner(), out(leftover.upload()));
                    case Entry.Unusable unusable ->
                        new Entry.Unusable(plain, unusable.rawName(), unusable.reason(), unusable.foreign());
                });
    }

    private static Entry unusable(Decoded path) {
        return new Entry.Unusable(path.known(), path.rest(), "no encoding of ours makes this name", false);
    }

    private <R> R telling(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageException failure) {
            throw plain(failure);
        }
    }

    private void telling(Runnable call) {
        try {
            call.run();
        } catch (StorageException failure) {
            throw plain(failure);
        }
    }

    private StorageException plain(StorageException failure) {
        Where stored = failure.where();
        return failure.at(new Where(stored.storage(), stored.verb(), paths.forMessages(stored.path())));
    }
}
