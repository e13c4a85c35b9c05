package io.skyferry.testkit;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Parts;
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
import io.skyferry.storage.WriteOptions.Condition;
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
                throw failure(ErrorKind.UNSUPPORTED, where, "Want a whole tree but it is listed by directory");
            }
            checkListed(where, request);
            return disk.listing().page(request);
        });
    }

    private void checkListed(Where where, ListRequest request) {
        MemoryTree shown = disk.shown();
        RelPath directory = request.directory();
        if (directory.isRoot() ? disk.rootMissing : shown.directory(directory) == null) {
            if (shown.file(directory) != null && disk.hasDirectories()) {
                throw failure(ErrorKind.NOT_A_DIRECTORY, where, "Want a directory but have a file");
            }
            if (request.after().isEmpty() && (disk.hasDirectories() || !shown.holdsAnything(directory))) {
                throw failure(ErrorKind.NOT_FOUND, where, "Want a directory but nothing is there");
            }
        }
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
            MemoryFile file = found(where, seen);
            Runnable look = () -> locked(() -> checkUnchanged(where, seen, file));
            var stream = new MemoryBody(file.bytes, range.offset(), range.length(), look);
            return new Body(disk.entry(file, seen.path()), stream);
        });
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.of(new Content.Origin(identity(), seen));
    }

    private boolean checkUnchanged(Where where, Entry.File seen, MemoryFile read) {
        MemoryFile now = disk.tree.file(seen.path());
        if (now == null || !now.version.equals(read.version)) {
            throw failure(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but it changed while it was read");
        }
        return true;
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        Optional<StorageException> early = in(Verb.WRITE, file, where -> {
            checkPlace(where, file);
            return refusal(where, file, options.condition());
        });
        var where = new Where(displayName(), Verb.WRITE, file);
        byte[] bytes = SourceBytes.of(where, content, ByteRange.ALL);
        return locked(() -> {
            checkPlace(where, file);
            checkSize(where, bytes.length);
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
                keeps(options.condition()) ? refusal(where, path, options.condition()) : early;
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

    private boolean keeps(Condition condition) {
        var kept = traits.capabilities().conditions().onWrite();
        return switch (condition) {
            case Condition.None none -> true;
            case Condition.Absent absent -> kept.contains(ConditionKind.ABSENT);
            case Condition.Matches matches -> kept.contains(ConditionKind.MATCHES);
        };
    }

    private Optional<StorageException> refusal(Where where, RelPath path, Condition condition) {
        if (traits.promises() == Traits.Promises.BROKEN) {
            return Optional.empty();
        }
        MemoryFile there = disk.tree.file(path);
        return switch (condition) {
            case Condition.None none -> Optional.empty();
            case Condition.Absent absent when there == null -> Optional.empty();
            case Condition.Absent absent ->
                Optional.of(failure(ErrorKind.ALREADY_EXISTS, where, "Want nothing there but a file is"));
            case Condition.Matches(Version version)
            when there != null && there.version.equals(version.text()) -> Optional.empty();
            case Condition.Matches matches ->
                Optional.of(failure(ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but have another"));
        };
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        return in(Verb.BEGIN_UPLOAD, file, where -> {
            checkPlace(where, file);
            content.size().ifPresent(size -> checkSize(where, size));
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
        in(Verb.PUT_PART, upload.file(), begun -> checkTurn(begun, upload, number));
        byte[] bytes = SourceBytes.of(where, whole, range);
        return locked(() -> checkTurn(where, upload, number).put(number, bytes));
    }

    private Unfinished checkTurn(Where where, Upload upload, int number) {
        Unfinished unfinished = unfinished(where, upload);
        if (traits.capabilities().uploads().parts() == Parts.SEQUENTIAL && number > unfinished.arrived() + 1) {
            throw failure(
                    ErrorKind.PRECONDITION_FAILED,
                    where,
                    "Want part %s next but have part %s".formatted(unfinished.arrived() + 1, number));
        }
        return unfinished;
    }

    private Unfinished unfinished(Where where, Upload upload) {
        Unfinished found = disk.uploads.get(upload.token());
        if (found == null) {
            throw failure(ErrorKind.NOT_FOUND, where, "Want an unfinished upload but there is none of that id");
        }
        return found;
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return in(
                Verb.LIST_PARTS,
                upload.file(),
                where -> unfinished(where, upload).parts());
    }

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        var where = new Where(displayName(), Verb.LIST_PARTS, upload.file());
        byte[] bytes = SourceBytes.of(where, whole, upload.rules().range(part.number()));
        return locked(
                () -> unfinished(where, upload).holds(part.number(), bytes) ? Optional.of(part) : Optional.empty());
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return in(Verb.FINISH_UPLOAD, upload.file(), where -> {
            MemoryFile there = disk.tree.file(upload.file());
            String madeBy = "upload %s of %s".formatted(upload.token(), parts);
            if (there != null && there.madeBy.equals(madeBy)) {
                return disk.entry(there, upload.file());
            }
            Unfinished unfinished = unfinished(where, upload);
            if (parts.isEmpty() || !parts.equals(unfinished.parts()) || isShort(upload, unfinished)) {
                throw failure(
                        ErrorKind.PRECONDITION_FAILED,
                        where,
                        "Want the parts %s but have %s".formatted(unfinished.parts(), parts));
            }
            checkPlace(where, upload.file());
            var refusal = refusal(where, upload.file(), unfinished.options.condition());
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
            MemoryFile from = found(where, seen);
            checkPlace(where, to);
            WriteOptions timed = options.modTime().isPresent() ? options : options.at(from.modTime);
            return store(where, to, from.bytes, timed, refusal(where, to, options.condition()), "copy");
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
            MemoryFile found = found(where, seen);
            if (seen.path().equals(to)) {
                return disk.entry(found, to);
            }
            checkPlace(where, to);
            if (there != null && there != found) {
                throw failure(
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
        MemoryFile file = found(where, seen);
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
            checkName(where, directory);
            List<RelPath> wanted = new ArrayList<>(MemoryTree.above(directory));
            if (!directory.isRoot()) {
                wanted.add(directory);
            }
            checkDirectories(where, wanted);
            disk.makeDirectories(wanted);
        });
    }

    @Override
    public void removeDirectory(RelPath directory) {
        tell(Verb.REMOVE_DIRECTORY, directory, where -> {
            if (disk.tree.file(directory) != null) {
                throw failure(ErrorKind.NOT_A_DIRECTORY, where, "Want a directory but have a file");
            }
            if (disk.tree.holdsAnything(directory)) {
                throw failure(ErrorKind.DIRECTORY_NOT_EMPTY, where, "Want an empty directory but it holds something");
            }
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
            MemoryFile changed = found(where, seen).withTime(time, disk.number("v"), madeBy);
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

    /// What was seen, if it is there still.
    private MemoryFile found(Where where, Entry.File seen) {
        MemoryFile there = disk.tree.file(seen.path());
        if (there == null) {
            throw disk.tree.directory(seen.path()) == null
                    ? failure(ErrorKind.NOT_FOUND, where, "Want a file but nothing is there")
                    : failure(ErrorKind.NOT_A_FILE, where, "Want a file but have a directory");
        }
        if (traits.promises() == Traits.Promises.KEPT && !isSame(seen, there)) {
            throw failure(ErrorKind.PRECONDITION_FAILED, where, "Want the file that was seen but another is there");
        }
        return there;
    }

    private boolean isSame(Entry.File seen, MemoryFile there) {
        Entry.File now = disk.entry(there, seen.path());
        if (now.version().isPresent() && seen.version().isPresent()) {
            return now.version().equals(seen.version());
        }
        boolean sameTime = seen.modTime().known().isEmpty()
                || now.modTime().known().isEmpty()
                || seen.modTime().known().equals(now.modTime().known());
        return now.size() == seen.size() && sameTime;
    }

    /// Whether a file may stand there at all.
    private void checkPlace(Where where, RelPath path) {
        checkName(where, path);
        if (path.isRoot() || disk.tree.directory(path) != null) {
            throw failure(ErrorKind.NOT_A_FILE, where, "Want a file but have a directory");
        }
        checkDirectories(where, MemoryTree.above(path));
    }

    private void checkDirectories(Where where, List<RelPath> wanted) {
        for (RelPath directory : disk.hasDirectories() ? wanted : List.<RelPath>of()) {
            if (disk.tree.file(directory) != null) {
                throw failure(
                        ErrorKind.NOT_A_DIRECTORY, where, "Want a directory '%s' but have a file".formatted(directory));
            }
        }
    }

    private void checkName(Where where, RelPath path) {
        boolean bad = path.text().chars().anyMatch(c -> traits.forbidden().indexOf(c) >= 0);
        boolean tooLong = path.bytes().length > traits.capabilities().limits().maxPathBytes();
        if (bad || tooLong) {
            throw failure(ErrorKind.NAME_REJECTED, where, "Want a name that can be kept but have '%s'".formatted(path));
        }
    }

    private void checkSize(Where where, long size) {
        long most = traits.capabilities().limits().maxFileBytes();
        if (size > most) {
            throw failure(ErrorKind.TOO_LARGE, where, "Want at most %s bytes but have %s".formatted(most, size));
        }
    }

    private static StorageException failure(ErrorKind kind, Where where, String message) {
        return StorageException.noEffect(kind, where, message);
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
                throw failure(ErrorKind.UNSUPPORTED, where, "Want %s but this storage cannot do it".formatted(verb));
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
