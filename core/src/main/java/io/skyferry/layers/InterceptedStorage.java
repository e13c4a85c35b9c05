package io.skyferry.layers;

import static io.skyferry.layers.Call.Repetition.ANY_TIME;
import static io.skyferry.layers.Call.Repetition.IF_NO_EFFECT;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Content;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.Quota;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A storage with an [Interceptor] around each of its calls. The only class that forwards every verb.
public final class InterceptedStorage implements Storage {
    private final Storage inner;
    private final Interceptor interceptor;
    private final String name;

    /// Puts the interceptor over the storage.
    public InterceptedStorage(Storage inner, Interceptor interceptor) {
        this.inner = inner;
        this.interceptor = interceptor;
        this.name = inner.displayName();
    }

    @Override
    public String displayName() {
        return name;
    }

    @Override
    public StorageIdentity identity() {
        return inner.identity();
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public ListPage list(ListRequest request) {
        return around(Verb.LIST, request.directory(), () -> inner.list(request));
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return around(Verb.STAT, path, () -> inner.stat(path));
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        Where where = where(Verb.READ, seen.path());
        var step = new Reading(inner, seen, range);
        Body body = interceptor.around(new Call<>(where, ANY_TIME, step));
        return interceptor.reading(new ReadCall(where, range, step), body);
    }

    /// A read's way down. Files are read and written so often that these two ways are no lambdas: under the quick
    /// compiler each that holds something is a call into the JVM.
    private record Reading(Storage inner, Entry.File seen, ByteRange range)
            implements Supplier<Body>, Function<ByteRange, Body> {
        @Override
        public Body get() {
            return inner.read(seen, range);
        }

        @Override
        public Body apply(ByteRange other) {
            return inner.read(seen, other);
        }
    }

    /// A write's way down.
    private record Writing(Storage inner, RelPath file, WriteOptions options) implements Function<Content, Entry.File> {
        @Override
        public Entry.File apply(Content taken) {
            return inner.write(file, taken, options);
        }
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return interceptor.fetching(inner.origin(seen));
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        boolean conditional = !(options.condition() instanceof WriteOptions.Condition.None);
        return interceptor.aroundContent(
                where(Verb.WRITE, file),
                conditional ? ANY_TIME : IF_NO_EFFECT,
                content,
                new Writing(inner, file, options));
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
        Where where = where(Verb.BEGIN_UPLOAD, file);
        return interceptor.around(new Call<>(where, IF_NO_EFFECT, () -> inner.beginUpload(file, content, options)));
    }

    @Override
    public String promise(Upload upload, int number, Content whole) {
        Where where = where(Verb.PROMISE, upload.file());
        return interceptor.around(new Call<>(where, ANY_TIME, () -> inner.promise(upload, number, whole)));
    }

    @Override
    public Part putPart(Upload upload, int number, String promise, Content whole) {
        return interceptor.aroundContent(
                where(Verb.PUT_PART, upload.file()),
                ANY_TIME,
                whole,
                taken -> inner.putPart(upload, number, promise, taken));
    }

    @Override
    public List<Part> listParts(Upload upload) {
        return around(Verb.LIST_PARTS, upload.file(), () -> inner.listParts(upload));
    }

    /// Asks the storage for nothing: what is read is the content.
    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        return inner.held(upload, part, promise, whole);
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return around(Verb.FINISH_UPLOAD, upload.file(), () -> inner.finishUpload(upload, parts));
    }

    @Override
    public void abandonUpload(Upload upload) {
        tell(Verb.ABANDON_UPLOAD, upload.file(), () -> inner.abandonUpload(upload));
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return around(Verb.LIST_UPLOADS, file, () -> inner.listUploads(file));
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        tell(Verb.ABANDON_PENDING, pending.file(), () -> inner.abandonPending(pending));
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return around(Verb.COPY, to, () -> inner.copy(seen, to, options));
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        return around(Verb.MOVE, seen.path(), () -> inner.move(seen, to));
    }

    @Override
    public Removal delete(Entry.File seen) {
        return around(Verb.DELETE, seen.path(), () -> inner.delete(seen));
    }

    @Override
    public List<DeleteResult> deleteAll(List<Entry.File> seen) {
        RelPath first = seen.isEmpty() ? RelPath.ROOT : seen.getFirst().path();
        return interceptor.aroundMany(where(Verb.DELETE_ALL, first), seen, inner::deleteAll);
    }

    @Override
    public void makeDirectory(RelPath directory) {
        tell(Verb.MAKE_DIRECTORY, directory, () -> inner.makeDirectory(directory));
    }

    @Override
    public void removeDirectory(RelPath directory) {
        tell(Verb.REMOVE_DIRECTORY, directory, () -> inner.removeDirectory(directory));
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return around(Verb.SET_MOD_TIME, seen.path(), () -> inner.setModTime(seen, modTime));
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        return around(Verb.VERSIONS, file, () -> inner.versions(file));
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        return around(Verb.CHANGES, RelPath.ROOT, () -> inner.changes(since));
    }

    @Override
    public Quota quota() {
        return around(Verb.QUOTA, RelPath.ROOT, inner::quota);
    }

    @Override
    public void flush() {
        tell(Verb.FLUSH, RelPath.ROOT, inner::flush);
    }

    @Override
    public void close() {
        inner.close();
    }

    private Where where(Verb verb, RelPath path) {
        return new Where(name, verb, path);
    }

    private <R> R around(Verb verb, RelPath path, Supplier<R> step) {
        return interceptor.around(new Call<>(where(verb, path), ANY_TIME, step));
    }

    private void tell(Verb verb, RelPath path, Runnable step) {
        interceptor.around(new Call<>(where(verb, path), ANY_TIME, () -> {
            step.run();
            return Boolean.TRUE;
        }));
    }
}
