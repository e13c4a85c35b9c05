package io.skyferry.testkit;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
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
import io.skyferry.storage.Version;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.Generated.Item;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/// A storage of any size that is made up while it is listed and holds nothing in memory: it shows that
/// whoever works with it does not either. What is written to it is counted and thrown away; what is
/// deleted is counted and stays.
public final class GeneratedStorage implements Storage {
    private static final int PAGE = 1000;
    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

    private static final Capabilities CAPABILITIES = new Capabilities(
            EnumSet.of(
                    Verb.LIST,
                    Verb.STAT,
                    Verb.READ,
                    Verb.WRITE,
                    Verb.DELETE,
                    Verb.DELETE_ALL,
                    Verb.MAKE_DIRECTORY,
                    Verb.REMOVE_DIRECTORY,
                    Verb.SET_MOD_TIME,
                    Verb.FLUSH),
            Set.of(),
            new Capabilities.ModTimes(Keeping.NATIVE, Duration.ofNanos(1)),
            new Capabilities.Listing(true, true, Order.UTF8_BYTES, true),
            Capabilities.Uploads.NONE,
            Capabilities.Names.EXACT,
            new Capabilities.Conditions(Set.of(), false),
            Undo.NONE,
            Capabilities.Limits.NONE);

    private final String name;
    private final Generated generated;
    private final LongAdder writtenFiles = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder deletedFiles = new LongAdder();
    private final LongAdder pages = new LongAdder();

    /// @param name in its identity
    public GeneratedStorage(String name, Generated generated) {
        this.name = name;
        this.generated = generated;
    }

    /// How many files were written.
    public long writtenFiles() {
        return writtenFiles.sum();
    }

    /// How many bytes were written.
    public long writtenBytes() {
        return writtenBytes.sum();
    }

    /// How many files were deleted.
    public long deletedFiles() {
        return deletedFiles.sum();
    }

    /// How many pages were listed.
    public long pages() {
        return pages.sum();
    }

    @Override
    public String displayName() {
        return "generated:" + name;
    }

    @Override
    public StorageIdentity identity() {
        return new StorageIdentity("generated", "", name, "", "");
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public ListPage list(ListRequest request) {
        pages.increment();
        List<Entry> entries = new ArrayList<>(PAGE);
        Optional<Item> at = request.after().isPresent()
                ? generated.atKey(request.after().orElseThrow()).flatMap(item -> following(request, item))
                : generated.firstBelow(request.directory());
        if (at.isEmpty() && request.after().isEmpty() && !request.directory().isRoot()) {
            throw failure(ErrorKind.NOT_FOUND, Verb.LIST, request.directory(), "Want a directory but nothing is there");
        }
        while (at.isPresent() && request.directory().holds(at.orElseThrow().path())) {
            Item item = at.orElseThrow();
            if (entries.size() == PAGE) {
                return new ListPage(entries, Optional.of(keyOf(entries.getLast())));
            }
            if (isWanted(request, item)) {
                entries.add(entry(item));
            }
            at = following(request, item);
        }
        return new ListPage(entries, Optional.empty());
    }

    private Optional<Item> following(ListRequest request, Item item) {
        return request.depth() == ListRequest.Depth.CHILDREN ? generated.sibling(item) : generated.next(item);
    }

    private static boolean isWanted(ListRequest request, Item item) {
        boolean child = item.path().parent().equals(request.directory());
        return (child || request.depth() == ListRequest.Depth.TREE)
                && (item.isDirectory() || request.range().holds(item.path().text()))
                && (child || request.descent().enters(item.path().parent()));
    }

    private static String keyOf(Entry entry) {
        return entry instanceof Entry.Directory
                ? entry.path().text() + "/"
                : entry.path().text();
    }

    private Entry entry(Item item) {
        return item.isDirectory() ? new Entry.Directory(item.path(), Optional.empty()) : file(item);
    }

    private Entry.File file(Item item) {
        long changes = generated.isChanged(item.file()) ? 1 : 0;
        return new Entry.File(
                item.path(),
                generated.fileBytes(),
                new ModTime.Known(EPOCH.plusSeconds(item.file() % 1_000_000 + changes)),
                Map.of(),
                Optional.of(new Version("v%s.%s".formatted(item.file(), changes))),
                Optional.of(new ItemId("i" + item.file())),
                Optional.empty());
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return path.isRoot()
                ? Optional.of(new Entry.Directory(path, Optional.empty()))
                : generated.at(path).map(this::entry);
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        Item item = generated
                .at(seen.path())
                .orElseThrow(() -> failure(ErrorKind.NOT_FOUND, Verb.READ, seen.path(), "Want a file but have none"));
        Entry.File file = file(item);
        return new Body(file, generated.bytes(item.file(), range.offset(), range.lengthIn(file.size())));
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.empty();
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        long bytes = 0;
        try (InputStream in = content.open(0, ByteRange.TO_END)) {
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
        } catch (IOException broken) {
            throw failure(ErrorKind.SOURCE_FAILED, Verb.WRITE, file, String.valueOf(broken.getMessage()))
                    .causedBy(broken);
        }
        writtenFiles.increment();
        writtenBytes.add(bytes);
        var version = Optional.of(new Version("w" + writtenFiles.sum()));
        var time = new ModTime.Known(options.modTime().orElse(EPOCH));
        return new Entry.File(file, bytes, time, Map.of(), version, Optional.empty(), Optional.empty());
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
        throw unsupported(Verb.MOVE, seen.path());
    }

    @Override
    public Removal delete(Entry.File seen) {
        deletedFiles.increment();
        return new Removal.Gone();
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        return seen.stream()
                .<DeleteResult>map(file -> new DeleteResult.Removed(file, delete(file)))
                .toList();
    }

    @Override
    public void makeDirectory(RelPath directory) {
        // Directories are made up; there is nothing to keep.
    }

    @Override
    public void removeDirectory(RelPath directory) {
        // Directories are made up; they stay.
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return new Entry.File(
                seen.path(),
                seen.size(),
                new ModTime.Known(modTime),
                seen.hashes(),
                seen.version(),
                seen.id(),
                seen.seal());
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
        return new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    @Override
    public void flush() {
        // Nothing is kept, so nothing can be lost.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private StorageException unsupported(Verb verb, RelPath path) {
        return failure(ErrorKind.UNSUPPORTED, verb, path, "Want %s but this storage cannot do it".formatted(verb));
    }

    private StorageException failure(ErrorKind kind, Verb verb, RelPath path, String message) {
        return StorageException.noEffect(kind, new Where(displayName(), verb, path), message);
    }
}
