package io.skyferry.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A place that holds files: a folder, a bucket, a drive; or a layer over one.
///
/// Rules that hold for every storage, and that the contract test checks:
///
/// - Verbs act on what was seen, not on a path: a delete, move, copy or read carries the entry that it was decided
///   from. A file that was edited in between is never deleted, replaced or mixed.
/// - A `write` under a condition, `copy`, `move` and `finishUpload` may be called again after a lost reply: the answer
///   is success if what is there is exactly what the call makes.
/// - `read` gives its last bytes only after the version was checked again.
/// - What a [Content] throws leaves as [ErrorKind#SOURCE_FAILED], with its cause.
/// - Every failure is a [StorageException].
///
/// A storage is safe for many threads. No method has a default body, so that no layer can forget to pass one on.
public interface Storage extends AutoCloseable {
    /// `s3:backups/nas`; never holds a secret.
    String displayName();

    /// Which place this is.
    StorageIdentity identity();

    /// What this stack can do, all layers counted.
    Capabilities capabilities();

    /// One page of a listing.
    ///
    /// @throws StorageException `NOT_FOUND` or `NOT_A_DIRECTORY` if the directory asked for is not there;
    ///     trouble with a directory below it is an [Entry.Unlisted] of the page
    ListPage list(ListRequest request);

    /// What is there now; empty: nothing.
    Optional<Entry> stat(RelPath path);

    /// The bytes of the version seen.
    ///
    /// @throws StorageException `PRECONDITION_FAILED` if another version is there, `NOT_FOUND` if none is
    Body read(Entry.File seen, ByteRange range);

    /// Where another storage may fetch the same bytes by itself; empty where it may not: layers that change, count or
    /// slow bytes stand in between.
    Optional<Content.Origin> origin(Entry.File seen);

    /// Stores a file, whole or not at all; makes the directories above it where they are missing.
    Entry.File write(RelPath file, Content content, WriteOptions options);

    /// Begins to store a file in parts. Never repeated blindly.
    Upload beginUpload(RelPath file, Content content, WriteOptions options);

    /// What a part will be made of, to be stored before its first byte is sent; empty where nothing need be promised.
    String promise(Upload upload, int number, Content whole);

    /// Sends one part; its bytes are `upload.rules().range(number)` of the whole.
    Part putPart(Upload upload, int number, String promise, Content whole);

    /// What has arrived, see [Part#isListedAs].
    List<Part> listParts(Upload upload);

    /// A part that arrived without anybody's word, as it is to finish the upload, if it holds the content's bytes: a
    /// server may have kept what was cut off. Reads the content's part where it must.
    ///
    /// @param part as it is listed
    /// @param promise that the part was sent under
    /// @return empty also where nothing tells: such a part is sent again
    Optional<Part> held(Upload upload, Part part, String promise, Content whole);

    /// Makes the file of its parts.
    Entry.File finishUpload(Upload upload, List<Part> parts);

    /// Drops an upload and what arrived of it; missing is success.
    void abandonUpload(Upload upload);

    /// Unfinished uploads for this file, anybody's. At the root a storage that keeps them apart from its files, as
    /// buckets do, tells those of all files.
    List<PendingUpload> listUploads(RelPath file);

    /// Drops an unfinished upload; missing is success.
    void abandonPending(PendingUpload pending);

    /// Copies inside the storage: no bytes come through here.
    Entry.File copy(Entry.File seen, RelPath to, WriteOptions options);

    /// Moves inside the storage; never replaces what is at the other path.
    Entry.File move(Entry.File seen, RelPath to);

    /// Deletes what was seen; missing is success.
    ///
    /// @throws StorageException `PRECONDITION_FAILED` if another version is there
    Removal delete(Entry.File seen);

    /// Deletes many; each has an answer of its own, in the order asked.
    List<DeleteResult> deleteAll(List<Entry.File> seen);

    /// Makes a directory and those above it; there already is success.
    void makeDirectory(RelPath directory);

    /// Removes an empty directory; missing is success.
    void removeDirectory(RelPath directory);

    /// Sets the time of the version seen.
    Entry.File setModTime(Entry.File seen, Instant modTime);

    /// Older versions and deleted ones that are kept, newest first.
    List<Entry.File> versions(RelPath file);

    /// What changed since a position; empty: where the feed stands now.
    ChangePage changes(Optional<String> since);

    /// Space.
    Quota quota();

    /// Makes all that was written through this storage survive a loss of power.
    void flush();

    @Override
    void close();
}
