package io.skyferry.crypt;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.BlockHash;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.crypt.name.NameResult.Refused;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
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
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Encrypts names and contents on their way into another storage, and decrypts them on their way out.
///
/// The format is that of rclone's crypt, byte for byte. What rclone leaves open is closed here: the key
/// is proved before anything is believed ([KeyProof]), a nonce never covers two plain texts
/// ([io.skyferry.crypt.content.BlockGuard]), and what cannot be decrypted is told as a foreign entry, never left out.
public final class CryptStorage implements Storage {
    private final Storage below;
    private final CryptKeys keys;
    private final SecretBox box;
    private final PathCipher paths;
    private final Opener opener;
    private final KeyProof proof;
    private final Exclusion exclusion;
    private final Writes writes;
    private final CryptUploads uploads;

    /// @param below where the encrypted files are; closed with this
    /// @param kernels how blocks are computed, as [io.skyferry.crypt.box.Kernels#shared]
    /// @param random draws the nonces; must be unforeseeable outside of tests
    public CryptStorage(
            Storage below, CryptKeys keys, CryptOptions options, KernelChoice kernels, RandomGenerator random) {
        this(below, keys, options, kernels, random, KeyProof.Leaving.A_CHECK);
    }

    /// A folder of an encrypted one: the key check is for its top, and so is proving the key, for a folder that is not
    /// there yet proves nothing.
    public static CryptStorage folder(
            Storage below, CryptKeys keys, CryptOptions options, KernelChoice kernels, RandomGenerator random) {
        return new CryptStorage(below, keys, options, kernels, random, KeyProof.Leaving.NOTHING);
    }

    private CryptStorage(
            Storage below,
            CryptKeys keys,
            CryptOptions options,
            KernelChoice kernels,
            RandomGenerator random,
            KeyProof.Leaving leaving) {
        this.below = below;
        this.keys = keys;
        this.box = new SecretBox(keys.data(), kernels);
        this.paths = new PathCipher(keys, options);
        this.opener = new Opener(below, box);
        this.proof = new KeyProof(below, box, paths, random, leaving);
        this.exclusion = new Exclusion(below, paths);
        this.writes = new Writes(below, box, opener, proof, random);
        this.uploads =
                new CryptUploads(below, box, paths, random, new PromiseBook(() -> new BlockHash(keys.data(), kernels)));
    }

    @Override
    public String displayName() {
        return "crypt:" + below.displayName();
    }

    @Override
    public StorageIdentity identity() {
        StorageIdentity place = below.identity();
        String key = keys.id() + "-" + paths.options().id();
        return new StorageIdentity(
                place.provider(),
                place.account(),
                place.root(),
                place.volume(),
                place.key().isEmpty() ? key : place.key() + "+" + key);
    }

    @Override
    public Capabilities capabilities() {
        Capabilities inner = below.capabilities();
        return CryptCapabilities.over(inner, paths.options(), path -> refusal(inner, path));
    }

    private Optional<String> refusal(Capabilities inner, RelPath path) {
        return switch (paths.encodeFile(path)) {
            case Name(String stored) ->
                inner.limits().refusal(new RelPath(stored)).map(why -> "Once encrypted: " + why);
            case Refused(String reason) -> Optional.of("Want a name that can be encrypted but %s".formatted(reason));
        };
    }

    @Override
    public ListPage list(ListRequest request) {
        return in(Verb.LIST, request.directory(), where -> {
            proof.require(where);
            var mapper = new EntryMapper(paths);
            ListPage page = below.list(new ListRequest(
                    found(paths.encodeDirectory(request.directory()), where),
                    request.depth(),
                    paths.options().keepsNames() ? request.range() : KeyRange.ALL,
                    request.after(),
                    directory -> !(mapper.directory(directory.text()) instanceof Name(String text))
                            || request.descent().enters(new RelPath(text))));
            var entries = new ArrayList<Entry>(page.entries().size());
            for (Entry stored : page.entries()) {
                mapper.plain(stored)
                        .filter(entry -> !(entry instanceof Entry.File file)
                                || request.range().holds(file.path().text()))
                        .ifPresent(entries::add);
            }
            return new ListPage(entries, page.next());
        });
    }

    /// What has no stored name is not there.
    private static RelPath found(NameResult stored, Where where) {
        return switch (stored) {
            case Name(String text) -> new RelPath(text);
            case Refused(String reason) ->
                throw StorageException.noEffect(
                        ErrorKind.NOT_FOUND, where, "Want something there but it cannot be: %s".formatted(reason));
        };
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return in(Verb.STAT, path, where -> {
            proof.require(where);
            var mapper = new EntryMapper(paths);
            if (!path.isRoot() && paths.encodeFile(path) instanceof Name(String stored)) {
                Optional<Entry> there =
                        below.stat(new RelPath(stored)).filter(entry -> !(entry instanceof Entry.Directory));
                if (there.isPresent()) {
                    return there.flatMap(mapper::plain);
                }
            }
            return paths.encodeDirectory(path) instanceof Name(String stored)
                    ? below.stat(new RelPath(stored))
                            .filter(Entry.Directory.class::isInstance)
                            .flatMap(mapper::plain)
                    : Optional.empty();
        });
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        return in(Verb.READ, seen.path(), where -> {
            RelPath stored = found(paths.encodeFile(seen.path()), where);
            try {
                Opener.Opened opened = opener.open(
                        EntryMapper.storedFile(seen, stored), seen.seal().flatMap(CryptSeal::parse), range, where);
                Entry.File file =
                        EntryMapper.plainFile(opened.stored(), seen.path(), Optional.of(opened.nonce()), where);
                return new Body(file, new PlainBody(opened.plain(), where));
            } catch (IOException failure) {
                throw PlainBody.told(failure, where);
            }
        });
    }

    /// Nobody else can decrypt.
    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.empty();
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        return in(Verb.WRITE, file, where -> {
            proof.require(where);
            RelPath stored = placeable(file, where);
            return writes.write(stored, content, options, where);
        });
    }

    private RelPath placeable(RelPath file, Where where) {
        RelPath stored = paths.storedFile(file, where);
        below.capabilities().limits().refusal(stored).ifPresent(reason -> {
            throw StorageException.noEffect(
                    ErrorKind.NAME_REJECTED, where, "Once '%s' is encrypted: %s".formatted(file, reason));
        });
        exclusion.expectRoomForFile(file, where);
        return stored;
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        return in(Verb.BEGIN_UPLOAD, file, where -> {
            proof.require(where);
            RelPath stored = placeable(file, where);
            return uploads.begin(file, stored, content, writes.overDamaged(stored, options));
        });
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        return in(Verb.PROMISE, upload.file(), where -> uploads.promise(upload, number, whole, where));
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        return in(Verb.PUT_PART, upload.file(), where -> uploads.put(upload, number, promise, whole, where));
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return in(Verb.LIST_PARTS, upload.file(), where -> uploads.parts(upload, where));
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        return in(Verb.LIST_PARTS, upload.file(), where -> uploads.held(upload, part, promise, whole, where));
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return in(Verb.FINISH_UPLOAD, upload.file(), where -> {
            CryptUploads.Finished finished = uploads.finish(upload, parts, where);
            proof.leaveCheck();
            return EntryMapper.plainFile(finished.stored(), upload.file(), Optional.of(finished.nonce()), where);
        });
    }

    @Override
    public void abandonUpload(Upload upload) {
        run(Verb.ABANDON_UPLOAD, upload.file(), where -> uploads.abandon(upload, where));
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return in(Verb.LIST_UPLOADS, file, where -> uploads.pending(file, where));
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        run(Verb.ABANDON_PENDING, pending.file(), _ -> uploads.abandon(pending));
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return in(Verb.COPY, to, where -> {
            proof.require(where);
            Entry.File made = below.copy(stored(seen, where), placeable(to, where), options);
            return EntryMapper.plainFile(made, to, nonce(seen), where);
        });
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        return in(Verb.MOVE, seen.path(), where -> {
            proof.require(where);
            Entry.File made = below.move(stored(seen, where), placeable(to, where));
            return EntryMapper.plainFile(made, to, nonce(seen), where);
        });
    }

    private Entry.File stored(Entry.File seen, Where where) {
        return EntryMapper.storedFile(seen, found(paths.encodeFile(seen.path()), where));
    }

    private static Optional<Nonce> nonce(Entry.File seen) {
        return seen.seal().flatMap(CryptSeal::parse).map(CryptSeal::nonce);
    }

    @Override
    public Removal delete(Entry.File seen) {
        return in(Verb.DELETE, seen.path(), where -> {
            proof.require(where);
            Removal removal = below.delete(stored(seen, where));
            if (removal instanceof Removal.Missing) {
                exclusion.expectNoDirectory(seen.path(), where);
            }
            return removal;
        });
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        return in(Verb.DELETE_ALL, RelPath.ROOT, where -> {
            proof.require(where);
            List<DeleteResult> stored = below.deleteAll(
                    seen.stream().map(file -> stored(file, where)).toList());
            var results = new ArrayList<DeleteResult>(seen.size());
            for (int i = 0; i < seen.size(); i++) {
                Entry.File file = seen.get(i);
                results.add(
                        switch (stored.get(i)) {
                            case DeleteResult.Removed(var ignored, Removal removal) ->
                                new DeleteResult.Removed(file, removal);
                            case DeleteResult.Refused(var ignored, StorageException failure) ->
                                new DeleteResult.Refused(
                                        file,
                                        failure.at(new Where(
                                                displayName(), failure.where().verb(), file.path())));
                        });
            }
            return results;
        });
    }

    @Override
    public void makeDirectory(RelPath directory) {
        run(Verb.MAKE_DIRECTORY, directory, where -> {
            proof.require(where);
            exclusion.expectRoomForDirectory(directory, where);
            below.makeDirectory(paths.storedDirectory(directory, where));
        });
    }

    @Override
    public void removeDirectory(RelPath directory) {
        run(Verb.REMOVE_DIRECTORY, directory, where -> {
            proof.require(where);
            exclusion.expectNoFile(directory, where);
            exclusion.forget(directory);
            below.removeDirectory(paths.storedDirectory(directory, where));
        });
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return in(Verb.SET_MOD_TIME, seen.path(), where -> {
            proof.require(where);
            return EntryMapper.plainFile(
                    below.setModTime(stored(seen, where), modTime), seen.path(), nonce(seen), where);
        });
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        return in(Verb.VERSIONS, file, where -> {
            proof.require(where);
            return below.versions(paths.storedFile(file, where)).stream()
                    .map(stored -> EntryMapper.plainFile(
                            stored,
                            file,
                            EntryMapper.plainSize(stored.size()).orElse(Entry.File.UNKNOWN_SIZE),
                            Optional.empty()))
                    .toList();
        });
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        return in(Verb.CHANGES, RelPath.ROOT, where -> {
            proof.require(where);
            var mapper = new EntryMapper(paths);
            ChangePage page = below.changes(since);
            return new ChangePage(
                    page.changes().stream()
                            .flatMap(change -> mapper.change(change).stream())
                            .toList(),
                    page.next(),
                    page.more());
        });
    }

    @Override
    public Quota quota() {
        return in(Verb.QUOTA, RelPath.ROOT, where -> below.quota());
    }

    @Override
    public void flush() {
        run(Verb.FLUSH, RelPath.ROOT, where -> below.flush());
    }

    @Override
    public void close() {
        below.close();
    }

    /// Does a step; what fails is told of the plain path.
    private <R> R in(Verb verb, RelPath path, Function<Where, R> step) {
        var where = new Where(displayName(), verb, path);
        if (!capabilities().can(verb)) {
            throw StorageException.noEffect(
                    ErrorKind.UNSUPPORTED, where, "Want a call that is declared but have %s".formatted(verb));
        }
        try {
            return step.apply(where);
        } catch (StorageException failure) {
            throw failure.at(where);
        }
    }

    private void run(Verb verb, RelPath path, Consumer<Where> step) {
        in(verb, path, where -> {
            step.accept(where);
            return where;
        });
    }
}
