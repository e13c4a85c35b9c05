package io.skyferry.storages.local;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.UploadToken.Filling;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stores large files in parts, so that a run that was cut off goes on where it was.
final class LocalUploads {
    /// What a part brings when the whole file shares the source's blocks.
    private static final String SHARED_TAG = "shared";

    /// The smallest part; larger ones are multiples of it.
    static final long LEAST_PART = 1L << 20;

    /// Larger parts would lose too much when a run is cut off; beyond the largest number of parts they must be.
    private static final long USUAL_PART = 64L << 20;

    private static final int USUAL_PARTS = 32;
    private static final int MOST_PARTS = 2_000;
    /// What a whole file is checked by, the quickest first.
    private static final List<HashType> CHECKED =
            List.of(HashType.CRC32C, HashType.XXH128, HashType.MD5, HashType.SHA1, HashType.SHA256);

    private static final int USUAL = 0666;
    private static final int OWNER_ONLY = 0600;

    private final LocalRoot root;
    private final FolderCache folders;
    private final LocalWriter writer;
    private final Copier copier;
    private final Origins origins;
    private final Publisher publisher;
    /// Parts whose bytes this process wrote or read, so that they need not be read again at the end.
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    LocalUploads(
            LocalRoot root,
            FolderCache folders,
            LocalWriter writer,
            Copier copier,
            Origins origins,
            Publisher publisher) {
        this.root = root;
        this.folders = folders;
        this.writer = writer;
        this.copier = copier;
        this.origins = origins;
        this.publisher = publisher;
    }

    Upload begin(RelPath file, Content content, WriteOptions options) {
        writer.expectName(file, Verb.BEGIN_UPLOAD);
        if (content.size().isEmpty()) {
            throw root.errors()
                    .of(
                            ErrorKind.UNSUPPORTED,
                            Verb.BEGIN_UPLOAD,
                            file,
                            "A content whose size nobody knows is written whole, not in parts");
        }
        try (FolderCache.Lease lease = folders.lease(file.parent(), Verb.BEGIN_UPLOAD, file)) {
            return begin(lease.folder(), file, content, content.size().orElseThrow(), options);
        } catch (DiskException refused) {
            throw root.errors().of(refused, Verb.BEGIN_UPLOAD, file);
        }
    }

    private Upload begin(Folder folder, RelPath file, Content content, long size, WriteOptions options)
            throws DiskException {
        byte[] name = RelPath.bytesOf(file.name());
        Publication publication = publisher.begin(folder, file, name, options, Verb.BEGIN_UPLOAD);
        publication.lookBefore(content.size());
        int permissions = publication.replaced().isPresent() ? OWNER_ONLY : USUAL;
        LocalWriter.Draft draft = writer.draft(folder, TempName.of(options.owner(), name), permissions);
        boolean begun = false;
        try (DiskFile temp = draft.file()) {
            Filling filling = fill(folder, content, size, temp, file);
            String tempName = RelPath.textOf(draft.name(), 0, draft.name().length);
            String token = new UploadToken(tempName, filling, options).text();
            long part = filling == Filling.SHARED ? Math.max(1, size) : partBytes(size);
            begun = true;
            return new Upload(file, token, new PartRules(size, part));
        } finally {
            if (!begun) {
                LocalWriter.removeQuietly(folder, draft.name());
            }
        }
    }

    static long partBytes(long size) {
        long wanted = Math.max(Math.min(Math.ceilDiv(size, USUAL_PARTS), USUAL_PART), Math.ceilDiv(size, MOST_PARTS));
        return Math.max(1, Math.ceilDiv(wanted, LEAST_PART)) * LEAST_PART;
    }

    private Filling fill(Folder folder, Content content, long size, DiskFile temp, RelPath file) throws DiskException {
        Optional<SourceFile> source = origins.open(content);
        if (source.isEmpty()) {
            expectRoom(folder, size);
            return Filling.PARTS;
        }
        try (SourceFile origin = source.orElseThrow()) {
            if (copier.share(origin, temp)) {
                expectUnchanged(origin, file);
                return Filling.SHARED;
            }
            if (!origin.state().isSparse()) {
                expectRoom(folder, size);
            }
            return Filling.PARTS;
        }
    }

    private void expectUnchanged(SourceFile origin, RelPath file) {
        try {
            origin.expectUnchanged();
        } catch (DiskException changed) {
            throw root.errors()
                    .of(ErrorKind.SOURCE_FAILED, Verb.BEGIN_UPLOAD, file, changed.words())
                    .causedBy(changed);
        }
    }

    /// A disk that is too small says so before the first byte. Nothing is reserved: many large files at once would fill
    /// the disk long before their bytes do, and holes would not stay holes.
    private static void expectRoom(Folder folder, long size) throws DiskException {
        long free = folder.space().free();
        if (free < size) {
            throw new DiskException(Fault.NO_SPACE, "Want room for %s bytes but have %s".formatted(size, free));
        }
    }

    Part putPart(Upload upload, int number, Content whole) {
        UploadToken token = UploadToken.of(upload);
        ByteRange range = upload.rules().range(number);
        if (token.filling() == Filling.SHARED) {
            return new Part(number, range.length(), SHARED_TAG);
        }
        StorageException.Where where = root.errors().where(Verb.PUT_PART, upload.file());
        try (Folder folder = parent(upload.file());
                PartFile temp = open(folder, token, upload.rules())) {
            String tag = copier.copyPart(whole, range.offset(), range.length(), temp.file(), where);
            temp.mark(number, tag);
            known.add(key(token, number, tag));
            return new Part(number, range.length(), tag);
        } catch (DiskException refused) {
            throw gone(refused, Verb.PUT_PART, upload.file());
        }
    }

    private static String key(UploadToken token, int number, String tag) {
        return String.join("|", token.temp(), Integer.toString(number), tag);
    }

    private Folder parent(RelPath file) throws DiskException {
        return root.folder().enter(file.parent().bytes(), Links.REFUSE);
    }

    private static PartFile open(Folder folder, UploadToken token, PartRules rules) throws DiskException {
        return new PartFile(folder.edit(token.tempBytes()), rules);
    }

    private StorageException gone(DiskException refused, Verb verb, RelPath file) {
        return refused.fault() == Fault.NOT_FOUND
                ? root.errors()
                        .of(ErrorKind.NOT_FOUND, verb, file, "The unfinished file is gone")
                        .causedBy(refused)
                : root.errors().of(refused, verb, file);
    }

    List<Part> listParts(Upload upload) {
        UploadToken token = UploadToken.of(upload);
        try (Folder folder = parent(upload.file());
                PartFile temp = open(folder, token, upload.rules())) {
            if (token.filling() == Filling.SHARED) {
                return List.of(new Part(1, upload.rules().totalBytes(), SHARED_TAG));
            }
            List<Part> parts = temp.arrived();
            for (Part part : parts) {
                known.add(key(token, part.number(), part.tag()));
            }
            return parts;
        } catch (DiskException refused) {
            throw gone(refused, Verb.LIST_PARTS, upload.file());
        }
    }

    Entry.File finish(Upload upload, List<Part> given) {
        UploadToken token = UploadToken.of(upload);
        List<Part> parts = new ArrayList<>(given);
        parts.sort(Comparator.comparingInt(Part::number));
        expectAll(upload, parts);
        try (Folder folder = parent(upload.file())) {
            Inode found = new Inode();
            if (!folder.look(token.tempBytes(), Links.REFUSE, found)) {
                return finishedBefore(folder, upload, token, parts);
            }
            try (PartFile temp = open(folder, token, upload.rules())) {
                return finish(folder, temp, upload, token, parts);
            }
        } catch (DiskException refused) {
            throw gone(refused, Verb.FINISH_UPLOAD, upload.file());
        } catch (MovedAway moved) {
            throw root.errors()
                    .of(ErrorKind.UNAVAILABLE, Verb.FINISH_UPLOAD, upload.file(), "Its directory was moved")
                    .causedBy(moved);
        }
    }

    private void expectAll(Upload upload, List<Part> parts) {
        int count = upload.rules().count();
        boolean complete = parts.size() == count;
        for (int i = 0; complete && i < count; i++) {
            complete = parts.get(i).number() == i + 1;
        }
        if (!complete) {
            throw root.errors()
                    .of(
                            ErrorKind.PRECONDITION_FAILED,
                            Verb.FINISH_UPLOAD,
                            upload.file(),
                            "Want parts 1 to %s but have %s".formatted(count, parts.size()));
        }
    }

    private Entry.File finish(Folder folder, PartFile temp, Upload upload, UploadToken token, List<Part> parts)
            throws DiskException, MovedAway {
        RelPath file = upload.file();
        if (token.filling() == Filling.PARTS) {
            expectArrived(temp, upload, token, parts);
            expectWhole(temp, upload, token.options().hashes());
        }
        byte[] name = RelPath.bytesOf(file.name());
        Publication publication = publisher.begin(folder, file, name, token.options(), Verb.FINISH_UPLOAD);
        publication.lookBefore(OptionalLong.of(upload.rules().totalBytes()));
        temp.file().resize(upload.rules().totalBytes());
        Inode made = writer.finish(temp.file(), token.options(), publication.replaced());
        Copied copied = new Copied(made.size(), wholeHash(token, parts));
        if (!publication.publish(token.tempBytes(), made, copied)) {
            folder.remove(token.tempBytes());
        }
        Inode now = publisher.expectInPlace(folder, file, made, publication.result());
        if (writer.isNow(token.options())) {
            folder.sync();
        }
        forget(token, parts);
        return LocalEntries.file(file, now, publication.copied().hashes());
    }

    /// The checksum of the whole, where it came as one part.
    private static Optional<String> wholeHash(UploadToken token, List<Part> parts) {
        return token.filling() == Filling.PARTS && parts.size() == 1
                ? Optional.of(parts.getFirst().tag())
                : Optional.empty();
    }

    private void expectArrived(PartFile temp, Upload upload, UploadToken token, List<Part> parts) throws DiskException {
        boolean isCut = temp.isCut();
        for (Part part : parts) {
            boolean noted = isCut || temp.markOf(part.number()).equals(Optional.of(part.tag()));
            boolean holds = noted
                    && (known.contains(key(token, part.number(), part.tag())) || temp.holds(part.number(), part.tag()));
            if (!holds) {
                throw root.errors()
                        .of(
                                ErrorKind.PRECONDITION_FAILED,
                                Verb.FINISH_UPLOAD,
                                upload.file(),
                                "Part %s is not what was sent".formatted(part.number()));
            }
        }
    }

    /// Each part is what came; whether all of them are what the source holds, only its own checksum tells.
    private void expectWhole(PartFile temp, Upload upload, Map<HashType, String> hashes) throws DiskException {
        Optional<HashType> quickest =
                CHECKED.stream().filter(hashes::containsKey).findFirst();
        if (quickest.isEmpty()) {
            return;
        }
        HashType type = quickest.orElseThrow();
        String wanted = hashes.get(type);
        String found = temp.wholeHash(type);
        if (!found.equals(wanted)) {
            throw root.errors()
                    .of(
                            ErrorKind.CORRUPT,
                            Verb.FINISH_UPLOAD,
                            upload.file(),
                            "Want a file with the %s %s, as the source says, but what it gave has %s"
                                    .formatted(type, wanted, found));
        }
    }

    private void forget(UploadToken token, List<Part> parts) {
        for (Part part : parts) {
            known.remove(key(token, part.number(), part.tag()));
        }
    }

    /// The reply of an earlier finish may have been lost: its file has the size, the time and the parts' checksums.
    private Entry.File finishedBefore(Folder folder, Upload upload, UploadToken token, List<Part> parts)
            throws DiskException {
        RelPath file = upload.file();
        byte[] name = RelPath.bytesOf(file.name());
        Inode found = new Inode();
        boolean isOurs = folder.look(name, Links.REFUSE, found)
                && found.kind() == Kind.FILE
                && found.size() == upload.rules().totalBytes()
                && hasTime(found, token.options());
        if (isOurs && token.filling() == Filling.PARTS) {
            try (PartFile there = new PartFile(folder.open(name, Links.REFUSE), upload.rules())) {
                for (Part part : parts) {
                    isOurs = isOurs && there.holds(part.number(), part.tag());
                }
            }
        }
        if (!isOurs) {
            throw root.errors().of(ErrorKind.NOT_FOUND, Verb.FINISH_UPLOAD, file, "The unfinished file is gone");
        }
        Map<HashType, String> hashes = new Copied(found.size(), wholeHash(token, parts)).hashes();
        return LocalEntries.file(file, found, hashes);
    }

    private static boolean hasTime(Inode found, WriteOptions options) {
        return options.modTime()
                .map(time -> Math.abs(time.getEpochSecond() - found.modifiedSecond()) <= 2)
                .orElse(true);
    }

    void abandon(Upload upload) {
        UploadToken token = UploadToken.of(upload);
        remove(upload.file().parent(), token.tempBytes(), Verb.ABANDON_UPLOAD, upload.file());
        known.removeIf(part -> part.startsWith(token.temp()));
    }

    void abandon(PendingUpload pending) {
        Optional<String> fault = RelPath.faultOf(pending.id());
        byte[] name = fault.isPresent() ? new byte[0] : RelPath.bytesOf(new RelPath(pending.id()).name());
        if (TempName.parse(name).isEmpty()) {
            throw root.errors()
                    .of(
                            ErrorKind.NAME_REJECTED,
                            Verb.ABANDON_PENDING,
                            pending.file(),
                            "Want an unfinished file of Skyferry's but have '%s'".formatted(pending.id()));
        }
        remove(new RelPath(pending.id()).parent(), name, Verb.ABANDON_PENDING, pending.file());
    }

    private void remove(RelPath directory, byte[] name, Verb verb, RelPath told) {
        try (Folder folder = root.folder().enter(directory.bytes(), Links.REFUSE)) {
            folder.remove(name);
        } catch (DiskException refused) {
            if (refused.fault() != Fault.NOT_FOUND && refused.fault() != Fault.NOT_A_DIRECTORY) {
                throw root.errors().of(refused, verb, told);
            }
        }
    }

    List<PendingUpload> list(RelPath file) {
        String hash = TempName.of("", RelPath.bytesOf(file.name())).hash();
        List<PendingUpload> found = new ArrayList<>();
        try (Folder folder = parent(file)) {
            Inode inode = new Inode();
            folder.read((bytes, offset, length, kind) -> {
                if (TempName.mayBe(bytes, offset, length)) {
                    String name = RelPath.textOf(bytes, offset, length);
                    Optional<TempName> temp = TempName.parse(RelPath.bytesOf(name));
                    if (temp.isPresent()
                            && temp.orElseThrow().hash().equals(hash)
                            && folder.look(bytes, offset, length, Links.REFUSE, inode)) {
                        String id = file.parent().resolve(name).text();
                        found.add(new PendingUpload(file, id, LocalEntries.born(inode)));
                    }
                }
            });
        } catch (DiskException refused) {
            if (refused.fault() != Fault.NOT_FOUND && refused.fault() != Fault.NOT_A_DIRECTORY) {
                throw root.errors().of(refused, Verb.LIST_UPLOADS, file);
            }
        }
        return found;
    }
}
