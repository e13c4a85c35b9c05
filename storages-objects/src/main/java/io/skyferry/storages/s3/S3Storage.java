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
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A bucket, or what lies below a prefix in one.
final class S3Storage implements Storage {
    private final S3Place place;
    private final Capabilities capabilities;
    private final S3Listing listing;
    private final S3Reader reader;
    private final S3Writer writer;
    private final S3Uploads uploads;
    private final S3Copies copies;
    private final S3Edits edits;

    S3Storage(S3Api api) {
        this(api, S3Listing.USUAL_PAGE, S3Settings.MAX_PART);
    }

    /// @param pageKeys of one page of a listing
    /// @param copiedAtOnce the largest file that is copied by one request, in bytes
    S3Storage(S3Api api, int pageKeys, long copiedAtOnce) {
        place = new S3Place(api);
        capabilities = S3Capabilities.of(api.settings());
        var proofs = new Proofs(place);
        var conditions = new S3Conditions(place);
        listing = new S3Listing(place, pageKeys);
        reader = new S3Reader(place, proofs);
        copies = new S3Copies(place, conditions, copiedAtOnce);
        writer = new S3Writer(place, conditions, copies, proofs);
        uploads = new S3Uploads(place, conditions, copies, proofs);
        edits = new S3Edits(place);
    }

    @Override
    public String displayName() {
        return place.displayName();
    }

    @Override
    public StorageIdentity identity() {
        return new StorageIdentity(
                S3Provider.KEY, place.api().host(), place.root().display(), "", "");
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ListPage list(ListRequest request) {
        return listing.list(request);
    }

    @Override
    public Optional<Entry> stat(RelPath path) {
        return reader.stat(path);
    }

    @Override
    public Body read(Entry.File seen, ByteRange range) {
        return reader.read(seen, range);
    }

    @Override
    public Optional<Content.Origin> origin(Entry.File seen) {
        return copies.origin(seen);
    }

    @Override
    public Entry.File write(RelPath file, Content content, WriteOptions options) {
        return writer.write(file, content, options);
    }

    @Override
    public Upload beginUpload(RelPath file, Content content, WriteOptions options) {
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

    @Override
    public Optional<Part> held(Upload upload, Part part, String promise, Content whole) {
        return uploads.held(upload, part, whole);
    }

    @Override
    public Entry.File finishUpload(Upload upload, List<Part> parts) {
        return uploads.finish(upload, parts);
    }

    @Override
    public void abandonUpload(Upload upload) {
        uploads.abandon(upload.file(), UploadToken.of(upload.token()).id(), Verb.ABANDON_UPLOAD);
    }

    @Override
    public List<PendingUpload> listUploads(RelPath file) {
        return uploads.list(file);
    }

    @Override
    public void abandonPending(PendingUpload pending) {
        uploads.abandon(pending.file(), pending.id(), Verb.ABANDON_PENDING);
    }

    @Override
    public Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return copies.copy(seen, to, options);
    }

    @Override
    public Entry.File move(Entry.File seen, RelPath to) {
        throw unsupported(Verb.MOVE, seen.path(), "S3 moves nothing: it copies, and deletes");
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
        throw unsupported(Verb.MAKE_DIRECTORY, directory, "S3 has no directories: they are made up from keys");
    }

    @Override
    public void removeDirectory(RelPath directory) {
        throw unsupported(Verb.REMOVE_DIRECTORY, directory, "S3 has no directories: they are made up from keys");
    }

    @Override
    public Entry.File setModTime(Entry.File seen, Instant modTime) {
        return copies.setModTime(seen, modTime);
    }

    @Override
    public List<Entry.File> versions(RelPath file) {
        return reader.versions(file);
    }

    @Override
    public ChangePage changes(Optional<String> since) {
        throw unsupported(Verb.CHANGES, RelPath.ROOT, "S3 keeps no feed of changes");
    }

    @Override
    public Quota quota() {
        throw unsupported(Verb.QUOTA, RelPath.ROOT, "S3 does not tell how much is used");
    }

    private StorageException unsupported(Verb verb, RelPath path, String words) {
        return place.refusal(ErrorKind.UNSUPPORTED, place.where(verb, path), words);
    }

    @Override
    public void flush() {
        // What a server said yes to is kept.
    }

    @Override
    public void close() {
        place.api().close();
    }
}
