package io.skyferry.testkit;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
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
import io.skyferry.testkit.MemoryTree.MemoryDirectory;
import io.skyferry.testkit.MemoryUploads.Unfinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A whole storage in memory that behaves like the kind of place its [Traits] say. What it holds outlives
/// [#close], as the content of a bucket outlives a connection.
public final class MemoryStorage implements Storage {
    private final String name;
    private final Traits traits;
    private final MemoryDisk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryGuard guard;
    private final MemoryBackdoor backdoor;

    /// Like a disk, with a clock of its own.
    public MemoryStorage() {
        this("memory", Traits.DISK, new FakeClock());
    }

    /// Like that kind of place, with a clock of its own.
    public MemoryStorage(Traits traits) {
        this("memory", traits, new FakeClock());
    }

    /// @param name in its identity: two storages of one name are one place
    /// @param clock tells when files without a time of their own were written
    public MemoryStorage(String name, Traits traits, Supplier<Instant> clock) {
        this.name = name;
        this.traits = traits;
        this.disk = new MemoryDisk(traits, clock);
        this.guard = new MemoryGuard(traits, disk);
        this.backdoor = new MemoryBackdoor(disk, lock);
    }

    /// Looks at it and changes it behind the back of whoever works with it.
    public MemoryBackdoor backdoor() {
        return backdoor;
    }

    @Override
    public String displayName() {
        return "memory:" + name;
    }

    @Override
    public StorageIdentity identity() {
        return new StorageIdentity("memory", "", name, backdoor.volume(), "");
    }

    @Override
    public Capabilities capabilities() {
        return traits.capabilities();
    }

    @Override
    public ListPage list(ListRequest request) {
        return in(Verb.LIST, request.directory(), where -> {
            if (request.depth() == ListRequest.Depth.TREE
                    && !traits.capabilities().listing().recursive()) {
                throw StorageException.noEffect(
                        ErrorKind.UNSUPPORTED, where, "Want a whole tree but it is listed by directory");
            }
            guard.checkListed(where, request);
            return disk.listing().page(request);
        });
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return in(Verb.STAT, path, where -> {
            MemoryFile file = disk.tree.file(path);
            if (file != null) {
                return Optional.of(disk.entry(file, path));
            }
            MemoryDirectory directory = disk.tree.directory(path);
            if (directory != null) {
                return Optional.of(disk.entry(path, directory.id()));
            }
            boolean madeUp =
                    path.isRoot() ? !disk.rootMissing : !disk.hasDirectories() && disk.tree.holdsAnything(path);
            return madeUp ? Optional.of(new Entry.Directory(path, Optional.empty())) : Optional.empty();
        });
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        return in(Verb.READ, seen.path(), where -> {
            MemoryFile file = guard.found(where, seen);
            Runnable look = () -> locked(() -> guard.unchanged(where, seen, file));
            var stream = new MemoryBody(file.bytes, range.offset(), range.length(), look);
            return new Body(disk.entry(file, seen.path()), stream);
        });
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.of(new Content.Origin(identity(), seen));
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        Optional<StorageException> early = in(Verb.WRITE, file, where -> {
            guard.checkPlace(where, file);
            return guard.refusal(where, file, options.condition());
        });
        var where = new Where(displayName(), Verb.WRITE, file);
        byte[] bytes = SourceBytes.of(where, content, ByteRange.ALL);
        return locked(() -> {
            guard.checkPlace(where, file);
            guard.checkSize(where, bytes.length);
            return store(where, file, bytes, options, early, "write");
        });
    }

    /// @param early what a look before the bytes were taken said
    private Entry.File store(
            Where where,
            RelPath path,
            byte[] bytes,
            WriteOptions options,
            Optional<StorageException> early,
            String madeBy) {
        MemoryFile there = disk.tree.file(path);
        Optional<Instant> time = options.modTime().map(disk::kept);
        Optional<StorageException> refusal =
                guard.keeps(options.condition()) ? guard.refusal(where, path, options.condition()) : early;
        if (refusal.isPresent()) {
            if (there != null && there.isMadeOf(bytes, time, options.metadata())) {
                return disk.entry(isNow(options) ? flushed(there) : there, path);
            }
            throw refusal.orElseThrow();
        }
        disk.makeDirectories(disk.hasDirectories() ? MemoryTree.above(path) : List.of());
        var made = new MemoryFile(
                there == null ? disk.spelled(path) : there.path,
                bytes,
                time.orElseGet(() -> disk.kept(disk.now())),
                options.metadata(),
                disk.number("v"),
                there == null ? disk.number("i") : there.id,
                madeBy,
                isNow(options));
        return disk.entry(disk.put(made), path);
    }

    private MemoryFile flushed(MemoryFile there) {
        MemoryFile safe = there.onMedium();
        disk.tree.put(safe);
        return safe;
    }

    private static boolean isNow(WriteOptions options) {
        return options.durability() == WriteOptions.Durability.NOW;
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        return in(Verb.BEGIN_UPLOAD, file, where -> {
            guard.checkPlace(where, file);
            content.size().ifPresent(size -> guard.checkSize(where, size));
            var upload = new Unfinished(file, disk.number("u"), disk.now(), rules(content), options);
            disk.uploads.add(upload);
            return new Upload(file, upload.id, upload.rules);
        });
    }

    private PartRules rules(Content content) {
        var uploads = traits.capabilities().uploads();
        long size = content.size().orElse(Entry.File.UNKNOWN_SIZE);
        long least = Math.max(uploads.minPart(), Math.ceilDiv(Math.max(0, size), uploads.maxParts()));
        return new PartRules(size, Math.ceilDiv(least, uploads.alignment()) * uploads.alignment());
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        return in(Verb.PROMISE, upload.file(), where -> "");
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        ByteRange range = upload.rules().range(number);
        var where = new Where(displayName(), Verb.PUT_PART, upload.file());
        in(Verb.PUT_PART, upload.file(), begun -> guard.checkTurn(begun, upload, number));
        byte[] bytes = SourceBytes.of(where, whole, range);
        return locked(() -> guard.checkTurn(where, upload, number).put(number, bytes));
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return in(
                Verb.LIST_PARTS,
                upload.file(),
                where -> guard.unfinished(where, upload).parts());
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        var where = new Where(displayName(), Verb.LIST_PARTS, upload.file());
        byte[] bytes = SourceBytes.of(where, whole, upload.rules().range(part.number()));
        return locked(() ->
                guard.unfinished(where, upload).holds(part.number(), bytes) ? Optional.of(part) : Optional.empty());
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return in(Verb.FINISH_UPLOAD, upload.file(), where -> {
            MemoryFile there = disk.tree.file(upload.file());
            String madeBy = "upload %s of %s".formatted(upload.token(), parts);
            if (there != null && there.madeBy.equals(madeBy)) {
                return disk.entry(there, upload.file());
            }
            Unfinished unfinished = guard.unfinished(where, upload);
            if (parts.isEmpty() || !parts.equals(unfinished.parts()) || isShort(upload, unfinished)) {
                throw StorageException.noEffect(
                        ErrorKind.PRECONDITION_FAILED,
                        where,
                        "Want the parts %s but have %s".formatted(unfinished.parts(), parts));
            }
            guard.checkPlace(where, upload.file());
            var refusal = guard.refusal(where, upload.file(), unfinished.options.condition());
            byte[] whole = unfinished.whole();
            Entry.File made = store(where, upload.file(), whole, unfinished.options, refusal, madeBy);
            disk.uploads.remove(upload.token());
            return made;
        });
    }

    private static boolean isShort(Upload upload, Unfinished unfinished) {
        return upload.rules().totalBytes() >= 0
                && unfinished.arrived() != upload.rules().count();
    }

    @Override
    public void abandonUpload(Upload upload) {
        tell(Verb.ABANDON_UPLOAD, upload.file(), where -> disk.uploads.remove(upload.token()));
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return in(
                Verb.LIST_UPLOADS,
                file,
                where -> disk.uploads.all().stream()
                        .filter(pending -> disk.tree.same(pending.file(), file))
                        .toList());
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        tell(Verb.ABANDON_PENDING, pending.file(), where -> disk.uploads.remove(pending.id()));
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return in(Verb.COPY, to, where -> {
            MemoryFile from = guard.found(where, seen);
            guard.checkPlace(where, to);
            WriteOptions timed = options.modTime().isPresent() ? options : options.at(from.modTime);
            return store(where, to, from.bytes, timed, guard.refusal(where, to, options.condition()), "copy");
        });
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        return in(Verb.MOVE, seen.path(), where -> {
            String madeBy = "move of %s %s".formatted(seen.path(), seen.version());
            MemoryFile from = disk.tree.file(seen.path());
            MemoryFile there = disk.tree.file(to);
            if (there != null && there.madeBy.equals(madeBy) && (from == null || from == there)) {
                return disk.entry(there, to);
            }
            MemoryFile found = guard.found(where, seen);
            if (seen.path().equals(to)) {
                return disk.entry(found, to);
            }
            guard.checkPlace(where, to);
            if (there != null && there != found) {
                throw StorageException.noEffect(
                        ErrorKind.ALREADY_EXISTS, where, "Want nothing at '%s' but a file is there".formatted(to));
            }
            disk.makeDirectories(disk.hasDirectories() ? MemoryTree.above(to) : List.of());
            MemoryFile moved = found.movedTo(disk.spelled(to), disk.number("v"), madeBy);
            disk.rename(found, moved);
            return disk.entry(moved, to);
        });
    }

    @Override
    public Removal delete(Entry.File seen) {
        return in(Verb.DELETE, seen.path(), where -> remove(where, seen));
    }

    private Removal remove(Where where, Entry.File seen) {
        MemoryFile there = disk.tree.file(seen.path());
        if (there == null && disk.tree.directory(seen.path()) == null) {
            return new Removal.Missing();
        }
        MemoryFile file = guard.found(where, seen);
        disk.remove(file);
        return switch (traits.capabilities().undo()) {
            case NONE -> new Removal.Gone();
            case VERSIONS -> new Removal.KeptAsVersion(new Version(file.version));
            case TRASH -> {
                disk.trash.add(file);
                yield new Removal.InTrash(file.id);
            }
        };
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        RelPath first = seen.isEmpty() ? RelPath.ROOT : seen.getFirst().path();
        return in(Verb.DELETE_ALL, first, where -> {
            List<DeleteResult> results = new ArrayList<>();
            for (Entry.File file : seen) {
                results.add(removed(new Where(where.storage(), Verb.DELETE_ALL, file.path()), file));
            }
            return results;
        });
    }

    private DeleteResult removed(Where where, Entry.File file) {
        try {
            return new DeleteResult.Removed(file, remove(where, file));
        } catch (StorageException failure) {
            return new DeleteResult.Refused(file, failure);
        }
    }

    @Override
    public void makeDirectory(RelPath directory) {
        tell(Verb.MAKE_DIRECTORY, directory, where -> {
            guard.checkName(where, directory);
            List<RelPath> wanted = new ArrayList<>(MemoryTree.above(directory));
            if (!directory.isRoot()) {
                wanted.add(directory);
            }
            guard.checkDirectories(where, wanted);
            disk.makeDirectories(wanted);
        });
    }

    @Override
    public void removeDirectory(RelPath directory) {
        tell(Verb.REMOVE_DIRECTORY, directory, where -> {
            guard.checkEmpty(where, directory);
            disk.changing();
            disk.tree.removeDirectory(directory);
            disk.rootMissing |= directory.isRoot();
        });
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return in(Verb.SET_MOD_TIME, seen.path(), where -> {
            MemoryFile there = disk.tree.file(seen.path());
            Instant time = disk.kept(modTime);
            String madeBy = "time of %s".formatted(seen.version());
            if (there != null && there.madeBy.equals(madeBy) && there.modTime.equals(time)) {
                return disk.entry(there, seen.path());
            }
            MemoryFile changed = guard.found(where, seen).withTime(time, disk.number("v"), madeBy);
            return disk.entry(disk.put(changed), seen.path());
        });
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        return in(
                Verb.VERSIONS,
                file,
                where -> traits.capabilities().undo() == Undo.VERSIONS
                        ? disk.older.getOrDefault(disk.tree.key(file), List.of()).stream()
                                .map(older -> disk.entry(older, file))
                                .toList()
                        : List.of());
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        return in(Verb.CHANGES, RelPath.ROOT, where -> {
            int end = disk.changes.size();
            int from = since.map(Integer::parseInt).orElse(end);
            int to = Math.min(end, from + traits.pageSize());
            return new ChangePage(List.copyOf(disk.changes.subList(from, to)), String.valueOf(to), to < end);
        });
    }

    @Override
    public Quota quota() {
        return in(Verb.QUOTA, RelPath.ROOT, where -> {
            long used = disk.tree.files().stream()
                    .mapToLong(file -> file.bytes.length)
                    .sum();
            return new Quota(OptionalLong.empty(), OptionalLong.of(used), OptionalLong.empty());
        });
    }

    @Override
    public void flush() {
        tell(
                Verb.FLUSH,
                RelPath.ROOT,
                where -> List.copyOf(disk.tree.files()).forEach(file -> disk.tree.put(file.onMedium())));
    }

    @Override
    public void close() {
        // The content stays: it is the place that was opened, not the connection.
    }

    private interface Doing<R extends @Nullable Object> {
        R at(Where where);
    }

    private interface Telling {
        void at(Where where);
    }

    private void tell(Verb verb, RelPath path, Telling telling) {
        in(verb, path, where -> {
            telling.at(where);
            return true;
        });
    }

    private <R> R in(Verb verb, RelPath path, Doing<R> doing) {
        var where = new Where(displayName(), verb, path);
        return locked(() -> {
            disk.countCall();
            if (!traits.capabilities().can(verb)) {
                throw StorageException.noEffect(
                        ErrorKind.UNSUPPORTED, where, "Want %s but this storage cannot do it".formatted(verb));
            }
            return doing.at(where);
        });
    }

    private <R> R locked(Supplier<R> doing) {
        lock.lock();
        try {
            return doing.get();
        } finally {
            lock.unlock();
        }
    }
}
