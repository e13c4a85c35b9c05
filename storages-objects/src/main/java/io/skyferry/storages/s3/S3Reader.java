package io.skyferry.storages.s3;

import io.skyferry.http.HttpException;
import io.skyferry.http.HttpResponse;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.wire.Listing;
import io.skyferry.storages.s3.wire.Replies;
import io.skyferry.storages.s3.wire.Replies.OldVersion;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at files and reads them.
final class S3Reader {
    private final S3Place place;
    private final Proofs proofs;

    S3Reader(S3Place place, Proofs proofs) {
        this.place = place;
        this.proofs = proofs;
    }

    Optional<Entry> stat(RelPath path) {
        Where where = place.where(Verb.STAT, path);
        if (!path.isRoot()) {
            Optional<S3Head> head = place.settings().refusal(path).isPresent()
                    ? Optional.empty()
                    : place.api().head(place.root().key(path), where);
            if (head.isPresent()) {
                return Optional.of(place.file(path, head.orElseThrow()));
            }
        }
        try {
            if (isDirectory(path, where)) {
                return Optional.of(new Entry.Directory(path, Optional.empty()));
            }
        } catch (StorageException refused) {
            return listedOrFile(path, where, refused);
        }
        return path.isRoot() ? rootAsFile(where) : Optional.empty();
    }

    /// Who may not list may still read the file that was named.
    private Optional<Entry> listedOrFile(RelPath path, Where where, StorageException refused) {
        Optional<Entry> file =
                path.isRoot() && refused.kind() == ErrorKind.FORBIDDEN ? rootAsFile(where) : Optional.empty();
        if (file.isEmpty()) {
            throw refused;
        }
        return file;
    }

    /// What was named may be one file.
    private Optional<Entry> rootAsFile(Where where) {
        String prefix = place.root().prefix();
        return prefix.isEmpty()
                ? Optional.empty()
                : place.api()
                        .head(prefix.substring(0, prefix.length() - 1), where)
                        .map(head -> place.file(RelPath.ROOT, head));
    }

    /// A directory is there if a key lies below it; the bucket is there if it can be listed.
    private boolean isDirectory(RelPath path, Where where) {
        String below = place.root().below(path);
        try {
            Listing page = S3Listing.firstPage(
                    place,
                    _ -> Ask.ofBucket("GET", where).query("max-keys", "1").query("prefix", below));
            return below.isEmpty() || !page.items().isEmpty();
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw failure;
        }
    }

    Body read(Entry.File seen, ByteRange range) {
        Where where = place.where(Verb.READ, seen.path());
        String key = place.root().key(seen.path());
        boolean knowsSize = seen.size() != Entry.File.UNKNOWN_SIZE;
        if (range.length() == 0 || (knowsSize && range.lengthIn(seen.size()) == 0)) {
            return nothing(seen, key, where);
        }
        boolean whole = range.offset() == 0 && (range.length() >= seen.size() || range.length() == ByteRange.TO_END);
        Ask ask = asSeen(Ask.of("GET", key, where), seen);
        if (!whole) {
            String end = range.length() == ByteRange.TO_END ? "" : String.valueOf(range.offset() + range.length() - 1);
            ask.header("range", "bytes=" + range.offset() + "-" + end);
        }
        HttpResponse reply = whole ? proofs.read(ask, seen.size()) : place.api().send(ask);
        try {
            S3Head head = S3Head.of(reply.headers());
            expectSame(seen, head, where);
            long length = whole && knowsSize ? seen.size() : knowsSize ? range.lengthIn(seen.size()) : head.size();
            expectLength(length, head, where);
            if (!whole && reply.status() != 206) {
                throw place.refusal(ErrorKind.UNSUPPORTED, where, "Want a range but the server gives whole files only");
            }
            Optional<S3Body.Sum> sum = whole ? S3Body.Sum.of(head) : Optional.empty();
            Entry.File file = place.file(seen.path(), head, seen.size());
            return new Body(file, new S3Body(reply.body(), where, length, sum));
        } catch (StorageException failure) {
            discard(reply);
            throw failure;
        }
    }

    private static void discard(HttpResponse reply) {
        try {
            reply.close();
        } catch (HttpException broken) {
            // The reply was refused already: how its connection ends changes nothing.
            System.getLogger(S3Reader.class.getName()).log(System.Logger.Level.DEBUG, "A reply was left", broken);
        }
    }

    private Body nothing(Entry.File seen, String key, Where where) {
        S3Head head = place.api().headers(asSeen(Ask.of("HEAD", key, where), seen));
        expectSame(seen, head, where);
        return new Body(place.file(seen.path(), head), InputStream.nullInputStream());
    }

    /// Asks for the version that was seen and no other.
    private Ask asSeen(Ask ask, Entry.File seen) {
        ask.headers(place.settings().encryption().reading());
        ask.query("versionId", S3Place.idOf(seen));
        if (seen.version().isPresent()) {
            ask.header("if-match", S3Place.quoted(S3Place.etagOf(seen.version().orElseThrow())));
        }
        return ask;
    }

    /// Servers that know no conditions are checked by what they answer.
    private void expectSame(Entry.File seen, S3Head head, Where where) {
        boolean other = seen.version().isPresent()
                && !S3Place.etagOf(seen.version().orElseThrow()).equals(head.etag());
        if (other) {
            throw place.refusal(ErrorKind.PRECONDITION_FAILED, where, "Want the version seen but another is there");
        }
    }

    private void expectLength(long length, S3Head head, Where where) {
        if (head.size() != Entry.File.UNKNOWN_SIZE && head.size() != length) {
            throw place.refusal(
                    ErrorKind.PRECONDITION_FAILED, where, "Want %s bytes but have %s".formatted(length, head.size()));
        }
    }

    /// Older states and deleted ones, newest first.
    List<Entry.File> versions(RelPath path) {
        Where where = place.where(Verb.VERSIONS, path);
        String key = place.root().key(path);
        List<Entry.File> kept = new ArrayList<>();
        Optional<String> after = Optional.empty();
        String afterId = "";
        do {
            Ask ask = Ask.ofBucket("GET", where)
                    .query("versions", "")
                    .query("prefix", key)
                    .query("encoding-type", "url")
                    .query("key-marker", after);
            if (!afterId.isEmpty()) {
                ask.query("version-id-marker", afterId);
            }
            Replies.Versions page = place.api().read(ask, Replies::versions);
            page.versions().stream()
                    .filter(one -> one.key().equals(key) && !one.latest() && !one.deleted())
                    .map(one -> older(path, one))
                    .forEach(kept::add);
            boolean passed = page.versions().stream().anyMatch(one -> RelPath.compareTexts(one.key(), key) > 0);
            after = passed ? Optional.empty() : page.nextKey();
            afterId = page.nextId();
        } while (after.isPresent());
        return kept;
    }

    private Entry.File older(RelPath path, OldVersion old) {
        Entry.File now = place.made(path, old.size(), Optional.empty(), place.hashes(old.etag()), old.etag());
        return new Entry.File(
                path,
                old.size(),
                now.modTime(),
                now.hashes(),
                S3Place.version(old.etag(), Optional.of(old.id())),
                Optional.empty(),
                Optional.empty());
    }
}
