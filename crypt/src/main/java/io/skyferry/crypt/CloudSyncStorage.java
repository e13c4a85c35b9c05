package io.skyferry.crypt;

import io.skyferry.crypt.content.StretchStream;
import io.skyferry.crypt.synology.CloudSyncSecret;
import io.skyferry.crypt.synology.CloudSyncStream;
import io.skyferry.crypt.synology.WrongSecretException;
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
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decrypts what Synology Cloud Sync encrypted on its way out of another storage; takes nothing in.
///
/// Names are as they are there, and nobody knows a size before the end of the content: it was compressed. The folder of
/// the account's marker is left out: what it holds is Cloud Sync's own.
///
/// Source: the encrypted file format of Cloud Sync as the community describes it, see [CloudSyncStream].
public final class CloudSyncStorage implements Storage {
    private static final String MARKER = "@SynologyCloudSync";

    /// Cloud Sync does not encrypt files whose names begin so.
    private static final String PLAIN_PREFIX = "._";

    private static final Set<Verb> READING = EnumSet.of(Verb.LIST, Verb.STAT, Verb.READ, Verb.QUOTA);

    private final Storage below;
    private final CloudSyncSecret secret;
    private volatile boolean opened;
    private volatile boolean proven;

    /// @param below where the encrypted files are; closed with this
    public CloudSyncStorage(Storage below, CloudSyncSecret secret) {
        this.below = below;
        this.secret = secret;
    }

    @Override
    public String displayName() {
        return "synology:" + below.displayName();
    }

    /// Each file has a key of its own: the place has none that tells it from others.
    @Override
    public StorageIdentity identity() {
        StorageIdentity place = below.identity();
        return new StorageIdentity(
                place.provider(),
                place.account(),
                place.root(),
                place.volume(),
                place.key().isEmpty() ? "synology" : place.key() + "+synology");
    }

    @Override
    public Capabilities capabilities() {
        Capabilities inner = below.capabilities();
        Set<Verb> verbs = EnumSet.copyOf(READING);
        verbs.retainAll(inner.verbs());
        return inner.withVerbs(verbs)
                .withHashes(Set.of())
                .with(Capabilities.Uploads.NONE)
                .with(new Capabilities.Conditions(Set.of(), false))
                .with(Capabilities.Undo.NONE);
    }

    @Override
    public ListPage list(ListRequest request) {
        try {
            ListPage page = below.list(request);
            return new ListPage(
                    page.entries().stream()
                            .filter(entry -> !isMarker(entry.path()))
                            .map(CloudSyncStorage::plain)
                            .toList(),
                    page.next());
        } catch (StorageException failure) {
            throw failure.at(where(Verb.LIST, request.directory()));
        }
    }

    private static boolean isMarker(RelPath path) {
        return path.text().equals(MARKER) || path.text().startsWith(MARKER + "/");
    }

    private static Entry plain(Entry stored) {
        return stored instanceof Entry.File file && !isPlain(file.path())
                ? new Entry.File(
                        file.path(),
                        Entry.File.UNKNOWN_SIZE,
                        file.modTime(),
                        Map.of(),
                        file.version(),
                        file.id(),
                        file.seal())
                : stored;
    }

    private static boolean isPlain(RelPath path) {
        return path.name().startsWith(PLAIN_PREFIX);
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        try {
            if (path.isRoot()) {
                prove(where(Verb.STAT, path));
            }
            return isMarker(path) ? Optional.empty() : below.stat(path).map(CloudSyncStorage::plain);
        } catch (StorageException failure) {
            throw failure.at(where(Verb.STAT, path));
        }
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        var where = where(Verb.READ, seen.path());
        try {
            if (isPlain(seen.path())) {
                return below.read(seen, range);
            }
            Body body = below.read(seen, ByteRange.ALL);
            InputStream content = opened(body, where);
            return new Body(
                    (Entry.File) plain(body.file()),
                    new PlainBody(StretchStream.of(content, range.offset(), range.length()), where));
        } catch (StorageException failure) {
            throw failure.at(where);
        } catch (IOException failure) {
            throw PlainBody.told(failure, where);
        }
    }

    /// Goes on only with a secret that opens something, where there is anything to open: who looks at the root is about
    /// to work with the place.
    private synchronized void prove(Where where) {
        if (proven) {
            return;
        }
        Optional<WrongSecretException> wrong =
                new CloudSyncProof(below, secret, path -> !isMarker(path) && !isPlain(path)).wrong();
        if (wrong.isPresent()) {
            throw StorageException.noEffect(
                            ErrorKind.MISCONFIGURED,
                            where,
                            String.valueOf(wrong.orElseThrow().getMessage()))
                    .causedBy(wrong.orElseThrow());
        }
        proven = true;
    }

    private InputStream opened(Body body, Where where) throws IOException {
        try {
            InputStream content = new CloudSyncStream(body.stream(), secret);
            opened = true;
            return content;
        } catch (WrongSecretException wrong) {
            body.close();
            // One strange file among others is that file's trouble; where nothing was opened yet, it is the secret's.
            throw StorageException.noEffect(
                            opened ? ErrorKind.CORRUPT : ErrorKind.MISCONFIGURED,
                            where,
                            String.valueOf(wrong.getMessage()))
                    .causedBy(wrong);
        } catch (IOException failure) {
            body.close();
            throw failure;
        }
    }

    /// Nobody else can decrypt.
    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.empty();
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        throw readOnly(Verb.WRITE, file);
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        throw readOnly(Verb.BEGIN_UPLOAD, file);
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        throw readOnly(Verb.PROMISE, upload.file());
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        throw readOnly(Verb.PUT_PART, upload.file());
    }

    @Override
    public List<Part> listParts(Upload upload) {
        throw readOnly(Verb.LIST_PARTS, upload.file());
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        throw readOnly(Verb.LIST_PARTS, upload.file());
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        throw readOnly(Verb.FINISH_UPLOAD, upload.file());
    }

    @Override
    public void abandonUpload(Upload upload) {
        throw readOnly(Verb.ABANDON_UPLOAD, upload.file());
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        throw readOnly(Verb.LIST_UPLOADS, file);
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        throw readOnly(Verb.ABANDON_PENDING, pending.file());
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        throw readOnly(Verb.COPY, to);
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        throw readOnly(Verb.MOVE, seen.path());
    }

    @Override
    public Removal delete(Entry.File seen) {
        throw readOnly(Verb.DELETE, seen.path());
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        throw readOnly(Verb.DELETE_ALL, RelPath.ROOT);
    }

    @Override
    public void makeDirectory(RelPath directory) {
        throw readOnly(Verb.MAKE_DIRECTORY, directory);
    }

    @Override
    public void removeDirectory(RelPath directory) {
        throw readOnly(Verb.REMOVE_DIRECTORY, directory);
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        throw readOnly(Verb.SET_MOD_TIME, seen.path());
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        throw readOnly(Verb.VERSIONS, file);
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        throw readOnly(Verb.CHANGES, RelPath.ROOT);
    }

    @Override
    public Quota quota() {
        try {
            return below.quota();
        } catch (StorageException failure) {
            throw failure.at(where(Verb.QUOTA, RelPath.ROOT));
        }
    }

    @Override
    public void flush() {
        throw readOnly(Verb.FLUSH, RelPath.ROOT);
    }

    @Override
    public void close() {
        below.close();
    }

    private Where where(Verb verb, RelPath path) {
        return new Where(displayName(), verb, path);
    }

    private StorageException readOnly(Verb verb, RelPath path) {
        return StorageException.noEffect(
                ErrorKind.UNSUPPORTED,
                where(verb, path),
                "Want to read what Cloud Sync encrypted, which is all that can be done with it, but have %s"
                        .formatted(verb));
    }
}
