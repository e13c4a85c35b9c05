package io.skyferry.storages.s3;

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
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.s3.wire.Replies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An account: each of its buckets stands as a directory, to be looked into and to be made. Nothing is written here:
/// whoever writes names the bucket.
final class S3Account implements Storage {
    private static final String NAME = "s3:";

    private final S3Api api;
    private final Capabilities capabilities;
    private final Map<String, S3Storage> buckets = new ConcurrentHashMap<>();

    S3Account(S3Api api) {
        this.api = api;
        Capabilities below = S3Capabilities.of(api.settings());
        Capabilities.Listing listing = below.listing();
        this.capabilities = below.withVerbs(
                        EnumSet.of(Verb.LIST, Verb.STAT, Verb.READ, Verb.MAKE_DIRECTORY, Verb.FLUSH))
                .with(new Capabilities.Listing(false, false, listing.order(), listing.consistent()))
                .with(Capabilities.Uploads.NONE);
    }

    /// A path, cut behind the bucket.
    private record Cut(String bucket, RelPath below) {
        static Cut of(RelPath path) {
            int slash = path.text().indexOf('/');
            return slash < 0
                    ? new Cut(path.text(), RelPath.ROOT)
                    : new Cut(
                            path.text().substring(0, slash),
                            new RelPath(path.text().substring(slash + 1)));
        }

        RelPath whole(RelPath other) {
            return other.isRoot() ? new RelPath(bucket) : new RelPath(bucket + "/" + other.text());
        }
    }

    private S3Storage bucket(String name) {
        return buckets.computeIfAbsent(name, one -> new S3Storage(api.of(new S3Root(one, ""))));
    }

    /// Asks the bucket that a path begins with.
    private <R> R ask(Verb verb, RelPath path, Function<S3Storage, R> question) {
        try {
            return question.apply(bucket(Cut.of(path).bucket()));
        } catch (StorageException failure) {
            throw failure.at(where(verb, path));
        }
    }

    private static Where where(Verb verb, RelPath path) {
        return new Where(NAME, verb, path);
    }

    @Override
    public String displayName() {
        return NAME;
    }

    @Override
    public StorageIdentity identity() {
        return new StorageIdentity(S3Provider.KEY, api.host(), "", "", "");
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ListPage list(ListRequest request) {
        RelPath directory = request.directory();
        if (directory.isRoot()) {
            return page();
        }
        Cut cut = Cut.of(directory);
        var below = new ListRequest(
                cut.below(), request.depth(), request.range(), request.after(), ListRequest.Descent.EVERYWHERE);
        ListPage page = ask(Verb.LIST, directory, bucket -> bucket.list(below));
        return new ListPage(
                page.entries().stream().map(entry -> whole(cut, entry)).toList(), page.next());
    }

    private ListPage page() {
        List<Entry> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ask ask = Ask.ofBucket("GET", where(Verb.LIST, RelPath.ROOT)).query("continuation-token", after);
            Replies.Buckets page = api.read(ask, Replies::buckets);
            page.names().stream()
                    .filter(name -> Buckets.faultOf(name).isEmpty())
                    .forEach(name -> found.add(new Entry.Directory(new RelPath(name), Optional.empty())));
            after = page.next();
        } while (after.isPresent());
        found.sort(Comparator.comparing(Entry::path));
        return new ListPage(found, Optional.empty());
    }

    private static Entry whole(Cut cut, Entry entry) {
        RelPath path = cut.whole(entry.path());
        return switch (entry) {
            case Entry.File file -> file.at(path);
            case Entry.Directory directory -> new Entry.Directory(path, directory.id());
            case Entry.Unusable unusable ->
                new Entry.Unusable(path, unusable.rawName(), unusable.reason(), unusable.foreign());
            case Entry.Special special -> new Entry.Special(path, special.kind());
            case Entry.Unlisted unlisted -> new Entry.Unlisted(path, unlisted.kind(), unlisted.reason());
            case Entry.Leftover leftover -> leftover;
        };
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        if (path.isRoot()) {
            return Optional.of(new Entry.Directory(path, Optional.empty()));
        }
        Cut cut = Cut.of(path);
        if (Buckets.faultOf(cut.bucket()).isPresent()) {
            return Optional.empty();
        }
        return ask(Verb.STAT, path, bucket -> bucket.stat(cut.below())).map(entry -> whole(cut, entry));
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        Cut cut = Cut.of(seen.path());
        Body body = ask(Verb.READ, seen.path(), bucket -> bucket.read(seen.at(cut.below()), range));
        return new Body(body.file().at(seen.path()), body.stream());
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        Cut cut = Cut.of(seen.path());
        return bucket(cut.bucket()).origin(seen.at(cut.below()));
    }

    /// Makes a bucket.
    @Override
    public void makeDirectory(RelPath directory) {
        Cut cut = Cut.of(directory);
        if (directory.isRoot()) {
            return;
        }
        if (!cut.below().isRoot()) {
            throw unsupported(Verb.MAKE_DIRECTORY, directory);
        }
        api.of(new S3Root(cut.bucket(), "")).makeBucket(where(Verb.MAKE_DIRECTORY, directory));
    }

    private static StorageException unsupported(Verb verb, RelPath path) {
        return StorageException.noEffect(
                ErrorKind.UNSUPPORTED,
                where(verb, path),
                "Want a bucket and a path in it, 's3:bucket/path', but have the whole account");
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        throw unsupported(Verb.WRITE, file);
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        throw unsupported(Verb.BEGIN_UPLOAD, file);
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        throw unsupported(Verb.PROMISE, upload.file());
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        throw unsupported(Verb.PUT_PART, upload.file());
    }

    @Override
    public List<Part> listParts(Upload upload) {
        throw unsupported(Verb.LIST_PARTS, upload.file());
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        throw unsupported(Verb.LIST_PARTS, upload.file());
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        throw unsupported(Verb.FINISH_UPLOAD, upload.file());
    }

    @Override
    public void abandonUpload(Upload upload) {
        throw unsupported(Verb.ABANDON_UPLOAD, upload.file());
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        throw unsupported(Verb.LIST_UPLOADS, file);
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        throw unsupported(Verb.ABANDON_PENDING, pending.file());
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        throw unsupported(Verb.COPY, to);
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        throw unsupported(Verb.MOVE, to);
    }

    @Override
    public Removal delete(Entry.File seen) {
        throw unsupported(Verb.DELETE, seen.path());
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        throw unsupported(Verb.DELETE_ALL, RelPath.ROOT);
    }

    @Override
    public void removeDirectory(RelPath directory) {
        throw unsupported(Verb.REMOVE_DIRECTORY, directory);
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        throw unsupported(Verb.SET_MOD_TIME, seen.path());
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        throw unsupported(Verb.VERSIONS, file);
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        throw unsupported(Verb.CHANGES, RelPath.ROOT);
    }

    @Override
    public Quota quota() {
        throw unsupported(Verb.QUOTA, RelPath.ROOT);
    }

    @Override
    public void flush() {
        // Nothing is written here.
    }

    @Override
    public void close() {
        api.close();
    }
}
