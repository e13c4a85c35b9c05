package io.skyferry.storages.local;

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
import io.skyferry.storages.local.disk.Disk;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Space;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A folder of this machine.
///
/// The calls block the thread they are made on; runs give them platform threads.
final class LocalStorage implements Storage {
    private final LocalRoot root;
    private final FolderCache folders;
    private final Origins origins;
    private final LocalListing listing;
    private final LocalReader reader;
    private final LocalWriter writer;
    private final LinkWriter links;
    private final LocalUploads uploads;
    private final LocalEdits edits;
    private @Nullable StorageIdentity identity;
    private @Nullable StorageIdentity inPlace;
    private @Nullable Capabilities capabilities;

    LocalStorage(LocalSettings settings, Disk disk) {
        this(settings, disk, LocalListing.USUAL_PAGE);
    }

    /// With pages of so many entries.
    LocalStorage(LocalSettings settings, Disk disk, int pageEntries) {
        root = new LocalRoot(settings, disk);
        folders = new FolderCache(root);
        origins = new Origins(disk);
        listing = new LocalListing(root, pageEntries);
        reader = new LocalReader(root);
        Copier copier = new Copier(origins);
        Publisher publisher = new Publisher(root);
        writer = new LocalWriter(root, folders, copier, publisher);
        links = new LinkWriter(root, folders);
        uploads = new LocalUploads(root, folders, writer, copier, origins, publisher);
        edits = new LocalEdits(root, folders, publisher);
    }

    @Override
    public String displayName() {
        return root.errors().storage();
    }

    @Override
    public synchronized StorageIdentity identity() {
        StorageIdentity known = identity;
        if (known == null) {
            try {
                known = LocalIdentity.of(root.disk(), root.settings().pathBytes());
            } catch (DiskException refused) {
                throw root.errors().of(refused, Verb.STAT, RelPath.ROOT);
            }
            identity = known;
        }
        return known;
    }

    @Override
    public synchronized Capabilities capabilities() {
        Capabilities known = capabilities;
        if (known == null) {
            try (Folder folder = root.nearest()) {
                known = LocalCapabilities.of(folder, root.settings().probing());
            } catch (DiskException refused) {
                if (refused.fault() != Fault.NOT_FOUND) {
                    throw root.errors().of(refused, Verb.STAT, RelPath.ROOT);
                }
                known = LocalCapabilities.unknown();
            }
            capabilities = known;
        }
        return known;
    }

    @Override
    public ListPage list(ListRequest request) {
        try {
            return listing.list(request);
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.LIST, request.directory());
        }
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        try {
            return reader.stat(path);
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.STAT, path);
        }
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        try {
            return reader.read(seen, range);
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.READ, seen.path());
        }
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return root.isLinkText(seen.path()) ? Optional.empty() : Optional.of(new Content.Origin(inPlace(), seen));
    }

    private synchronized StorageIdentity inPlace() {
        StorageIdentity known = inPlace;
        if (known == null) {
            try {
                known = LocalIdentity.inPlace(root.disk(), root.settings().pathBytes());
            } catch (DiskException refused) {
                throw root.errors().of(refused, Verb.STAT, RelPath.ROOT);
            }
            inPlace = known;
        }
        return known;
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        return root.isLinkText(file)
                ? links.write(file, content, options, Verb.WRITE)
                : writer.write(file, content, options, Verb.WRITE);
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        if (root.isLinkText(file)) {
            throw root.errors()
                    .of(
                            ErrorKind.UNSUPPORTED,
                            Verb.BEGIN_UPLOAD,
                            file,
                            "A symbolic link is written whole, not in parts");
        }
        return uploads.begin(file, content, options);
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        return "";
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        return uploads.putPart(upload, number, whole);
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return uploads.listParts(upload);
    }

    /// Listed parts were read again and are what was written, as the checksum beside them says.
    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        return Optional.of(part);
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return uploads.finish(upload, parts);
    }

    @Override
    public void abandonUpload(Upload upload) {
        uploads.abandon(upload);
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return uploads.list(file);
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        uploads.abandon(pending);
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        WriteOptions timed = options.modTime().isPresent()
                ? options
                : seen.modTime().known().map(options::at).orElse(options);
        Content content = new OwnContent(this, seen);
        try {
            return root.isLinkText(to)
                    ? links.write(to, content, timed, Verb.COPY)
                    : writer.write(to, content, timed, Verb.COPY);
        } catch (StorageException failure) {
            throw failure.kind() == ErrorKind.SOURCE_FAILED ? ownFailure(failure, to) : failure;
        }
    }

    /// Source and target of a copy are this storage: what the source says is its own answer.
    private StorageException ownFailure(StorageException failure, RelPath to) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof StorageException)) {
            cause = cause.getCause();
        }
        ErrorKind kind = cause instanceof StorageException told ? told.kind() : ErrorKind.PRECONDITION_FAILED;
        return root.errors()
                .of(kind, Verb.COPY, to, String.valueOf(failure.getMessage()))
                .causedBy(failure);
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        writer.expectName(to, Verb.MOVE);
        return edits.move(seen, to);
    }

    @Override
    public Removal delete(Entry.File seen) {
        return edits.delete(seen);
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        return edits.deleteAll(seen);
    }

    @Override
    public void makeDirectory(RelPath directory) {
        edits.makeDirectory(directory);
    }

    @Override
    public void removeDirectory(RelPath directory) {
        edits.removeDirectory(directory);
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return edits.setModTime(seen, modTime);
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        throw unsupported(Verb.VERSIONS, file, "A local folder keeps no older versions");
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        throw unsupported(Verb.CHANGES, RelPath.ROOT, "A local folder keeps no feed of changes");
    }

    private StorageException unsupported(Verb verb, RelPath path, String words) {
        return root.errors().of(ErrorKind.UNSUPPORTED, verb, path, words);
    }

    @Override
    public Quota quota() {
        try (Folder folder = root.nearest()) {
            Space space = folder.space();
            return new Quota(
                    OptionalLong.of(space.total()), OptionalLong.of(space.used()), OptionalLong.of(space.free()));
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.QUOTA, RelPath.ROOT);
        }
    }

    @Override
    public void flush() {
        try {
            edits.flush();
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.FLUSH, RelPath.ROOT);
        }
    }

    @Override
    public void close() {
        listing.close();
        folders.close();
        origins.close();
        root.close();
    }
}
