package io.skyferry.storages.s3;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.Version;
import io.skyferry.storages.s3.wire.Etags;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The bucket that all verbs work on: its keys, its requests, and how its objects become entries.
final class S3Place {
    /// Parts the tag of a version from the id that names an older one.
    private static final char ID_PARTING = '#';

    private final S3Settings settings;
    private final S3Api api;
    private final String displayName;
    private final AtomicBoolean tagsAreMd5;
    private final ListVersion listVersion;

    S3Place(S3Api api) {
        this.api = api;
        this.settings = api.settings();
        this.displayName = "s3:" + settings.root().display();
        this.listVersion = new ListVersion(settings.lists());
        this.tagsAreMd5 = new AtomicBoolean(settings.encryption().keepsMd5());
    }

    S3Settings settings() {
        return settings;
    }

    S3Root root() {
        return settings.root();
    }

    S3Api api() {
        return api;
    }

    String displayName() {
        return displayName;
    }

    Where where(Verb verb, RelPath path) {
        return new Where(displayName, verb, path);
    }

    /// A refusal of our own, before anything was asked.
    StorageException refusal(ErrorKind kind, Where where, String words) {
        String name = where.path().isRoot() ? displayName : where.path().text();
        return StorageException.noEffect(kind, where, "'%s': %s".formatted(name, words));
    }

    /// The key of a file that is to be made.
    String newKey(Where where, RelPath path) {
        Optional<String> refusal = settings.refusal(path);
        if (refusal.isPresent()) {
            throw refusal(ErrorKind.NAME_REJECTED, where, refusal.orElseThrow());
        }
        return root().key(path);
    }

    /// Of which version listings are.
    ListVersion listVersion() {
        return listVersion;
    }

    /// Whether a tag of 32 digits is the MD5 of the bytes.
    boolean tagsAreMd5() {
        return tagsAreMd5.get();
    }

    /// A file whose tag is no MD5 was met: those of listings are not believed any more.
    void sawOtherTag() {
        tagsAreMd5.set(false);
    }

    Map<HashType, String> hashes(String etag) {
        return tagsAreMd5() && Etags.isMd5(etag) ? Map.of(HashType.MD5, etag) : Map.of();
    }

    /// A file as a look at it tells it.
    Entry.File file(RelPath path, S3Head head, long size) {
        if (!head.encryption().isEmpty() && !head.encryption().equals("AES256")) {
            sawOtherTag();
        }
        return new Entry.File(
                path,
                size,
                head.time().<ModTime>map(ModTime.Known::new).orElseGet(ModTime.NotKept::new),
                head.hashes(),
                version(head.etag(), Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    Entry.File file(RelPath path, S3Head head) {
        return file(path, head, head.size());
    }

    /// A file that was just made.
    Entry.File made(RelPath path, long size, Optional<Instant> time, Map<HashType, String> hashes, String etag) {
        return new Entry.File(
                path,
                size,
                time.<ModTime>map(ModTime.Known::new).orElseGet(ModTime.NotListed::new),
                hashes,
                version(etag, Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    /// @param id of one that is no longer the newest
    static Optional<Version> version(String etag, Optional<String> id) {
        if (id.isPresent()) {
            return Optional.of(new Version(etag + ID_PARTING + id.orElseThrow()));
        }
        return etag.isEmpty() ? Optional.empty() : Optional.of(new Version(etag));
    }

    static String etagOf(Version version) {
        int parting = version.text().indexOf(ID_PARTING);
        return parting < 0 ? version.text() : version.text().substring(0, parting);
    }

    static Optional<String> idOf(Entry.File file) {
        return file.version()
                .map(Version::text)
                .filter(text -> text.indexOf(ID_PARTING) >= 0)
                .map(text -> text.substring(text.indexOf(ID_PARTING) + 1));
    }

    /// Whether what is there is what was seen.
    static boolean isSame(Entry.File seen, S3Head now) {
        return seen.version()
                .map(version -> etagOf(version).equals(now.etag()))
                .orElseGet(() -> seen.size() == now.size() || seen.size() == Entry.File.UNKNOWN_SIZE);
    }

    /// A tag in a header.
    static String quoted(String etag) {
        return '"' + etag + '"';
    }
}
