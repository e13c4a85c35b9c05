package io.skyferry.storages.s3;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.wire.Replies;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Copies inside the storage, and changes what goes with a file by copying it onto itself.
///
/// Source: CopyObject and UploadPartCopy of the Amazon S3 API Reference.
final class S3Copies {
    private static final int MOST_STEPS = 10_000;

    private final S3Place place;
    private final S3Conditions conditions;
    private final long atOnce;
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile @Nullable StorageIdentity identity;

    /// @param atOnce the largest file that is copied by one request, in bytes
    S3Copies(S3Place place, S3Conditions conditions, long atOnce) {
        this.place = place;
        this.conditions = conditions;
        this.atOnce = atOnce;
    }

    /// Where the bytes are.
    private record Source(String bucket, String key, Entry.File seen) {
        static Source below(S3Root root, Entry.File seen) {
            return new Source(root.bucket(), root.key(seen.path()), seen);
        }
    }

    /// How a storage that asks the same server with the same key finds a file of ours.
    Optional<Content.Origin> origin(Entry.File seen) {
        return Optional.of(new Content.Origin(identity(), seen));
    }

    /// Made anew only when the key has changed: it is asked for with every file.
    private StorageIdentity identity() {
        String account = place.api().account();
        StorageIdentity known = identity;
        if (known == null || !known.account().equals(account)) {
            known = new StorageIdentity(S3Provider.KEY, account, place.root().display(), "", "");
            identity = known;
        }
        return known;
    }

    private Optional<Source> source(Content content) {
        return content.origin()
                .filter(_ -> !refused.get())
                .filter(origin -> origin.storage().provider().equals(S3Provider.KEY)
                        && origin.storage().key().isEmpty()
                        && origin.storage().account().equals(place.api().account()))
                .map(origin -> Source.below(S3Root.shown(origin.storage().root()), origin.file()));
    }

    /// Whether the server has the content and may copy it by itself.
    boolean canFetch(Content content) {
        return source(content).isPresent();
    }

    /// Has the server fetch a content that it has already.
    ///
    /// @return empty: its bytes have to be sent. They are also where the server would not copy: the content's own
    ///     stream says what is wrong if something is
    Optional<Entry.File> fetch(Content content, RelPath to, WriteOptions options, Where where) {
        return fetched(content, source -> copy(source, to, options, where));
    }

    /// The same for one part.
    ///
    /// @param ask that makes the part
    /// @return its tag
    Optional<String> fetchPart(Content content, Ask ask, ByteRange range, Where where) {
        return fetched(content, source -> whole(ranged(ask, range.offset(), range.length()), source, where));
    }

    /// The headers of what is to be made of such parts.
    Optional<Map<String, String>> headers(Content content, WriteOptions options, Where where) {
        return fetched(content, source -> headers(found(source, where), options));
    }

    private <R> Optional<R> fetched(Content content, Function<Source, R> fetching) {
        Optional<Source> source = source(content);
        try {
            return source.map(fetching);
        } catch (StorageException failure) {
            if (failure.kind().retry() == ErrorKind.Retry.WITH_BACKOFF) {
                throw failure;
            }
            if (failure.kind() == ErrorKind.UNSUPPORTED) {
                refused.set(true);
            }
            return Optional.empty();
        }
    }

    Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        return copy(Source.below(place.root(), seen), to, options, place.where(Verb.COPY, to));
    }

    private Entry.File copy(Source source, RelPath to, WriteOptions options, Where where) {
        String key = place.newKey(where, to);
        S3Head from = found(source, where);
        WriteOptions timed = options.modTime().isPresent()
                ? options
                : from.time().map(options::at).orElse(options);
        Optional<S3Head> now = options.condition() instanceof Condition.None
                ? Optional.empty()
                : place.api().head(key, where);
        if (!S3Conditions.holds(options.condition(), now)) {
            if (now.isPresent() && isCopy(from, now.orElseThrow(), timed)) {
                return place.file(to, now.orElseThrow());
            }
            throw conditions.refusal(options.condition(), where);
        }
        return make(source, from, key, to, timed, where);
    }

    /// What is to be copied, if it is there still.
    private S3Head found(Source source, Where where) {
        S3Head head;
        try {
            head = place.api()
                    .headers(Ask.of("HEAD", source.key(), where)
                            .in(source.bucket())
                            .query("versionId", S3Place.idOf(source.seen()))
                            .headers(place.settings().encryption().reading()));
        } catch (StorageException failure) {
            throw failure.kind() == ErrorKind.NOT_FOUND
                    ? place.refusal(ErrorKind.NOT_FOUND, where, "Want the file that was seen but nothing is there")
                            .causedBy(failure)
                    : failure;
        }
        if (!S3Place.isSame(source.seen(), head)) {
            throw place.refusal(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the file that was seen but another is there");
        }
        return head;
    }

    private static boolean isCopy(S3Head from, S3Head now, WriteOptions options) {
        boolean sameBytes = from.size() == now.size()
                && (from.etag().equals(now.etag())
                        || (from.md5().isPresent() && from.md5().equals(now.md5())));
        return sameBytes
                && options.modTime()
                        .map(time -> now.time().map(time::equals).orElse(false))
                        .orElse(true);
    }

    private Map<String, String> headers(S3Head from, WriteOptions options) {
        Map<String, String> headers = new LinkedHashMap<>(Making.copied(place.settings(), from, options));
        headers.putAll(S3Head.sumFields(from.hashes()));
        return headers;
    }

    private Entry.File make(Source source, S3Head from, String key, RelPath to, WriteOptions options, Where where) {
        String etag = from.size() > atOnce
                ? inParts(source, from, key, headers(from, options), where)
                : whole(
                        Ask.of("PUT", key, where)
                                .headers(Making.copied(place.settings(), from, options))
                                .header("x-amz-metadata-directive", "REPLACE"),
                        source,
                        where);
        Map<HashType, String> hashes = from.md5()
                .<Map<HashType, String>>map(md5 -> Map.of(HashType.MD5, md5))
                .orElse(Map.of());
        return place.made(to, from.size(), options.modTime(), hashes, etag);
    }

    private String whole(Ask ask, Source source, Where where) {
        return expectMade(place.api().read(from(ask, source), Replies::made), where);
    }

    private static String expectMade(Replies.Made made, Where where) {
        if (made.failure().isPresent()) {
            throw S3Errors.behindYes(made.failure().orElseThrow(), where);
        }
        return made.etag();
    }

    private Ask from(Ask ask, Source source) {
        Entry.File seen = source.seen();
        String path = "/" + source.bucket() + "/" + Percent.ofPath(source.key());
        String whole = S3Place.idOf(seen)
                .map(id -> path + "?versionId=" + Percent.ofValue(id))
                .orElse(path);
        ask.header("x-amz-copy-source", whole)
                .headers(place.settings().encryption().copying());
        seen.version()
                .ifPresent(
                        version -> ask.header("x-amz-copy-source-if-match", S3Place.quoted(S3Place.etagOf(version))));
        return ask;
    }

    private Ask ranged(Ask ask, long offset, long length) {
        return ask.header("x-amz-copy-source-range", "bytes=" + offset + "-" + (offset + length - 1))
                .headers(place.settings().encryption().reading());
    }

    /// Large files are copied piece by piece; what was copied of one that fails is dropped.
    private String inParts(Source source, S3Head from, String key, Map<String, String> headers, Where where) {
        Ask begin = Ask.of("POST", key, where).query("uploads", "").headers(headers);
        String id = place.api().read(begin, Replies::made).uploadId();
        try {
            long step = Math.max(atOnce, Math.ceilDiv(from.size(), (long) MOST_STEPS));
            var xml = new StringBuilder("<CompleteMultipartUpload>");
            int number = 1;
            for (long at = 0; at < from.size(); at += step) {
                Ask part = Ask.of("PUT", key, where).query("uploadId", id).query("partNumber", String.valueOf(number));
                String tag = whole(ranged(part, at, Math.min(step, from.size() - at)), source, where);
                xml.append("<Part><PartNumber>")
                        .append(number)
                        .append("</PartNumber><ETag>\"")
                        .append(Escaped.xml(tag))
                        .append("\"</ETag></Part>");
                number++;
            }
            xml.append("</CompleteMultipartUpload>");
            Ask finish = S3Api.withXml(Ask.of("POST", key, where).query("uploadId", id), xml.toString());
            return expectMade(place.api().read(finish, Replies::made), where);
        } catch (StorageException failure) {
            drop(key, id, where, failure);
            throw failure;
        }
    }

    private void drop(String key, String id, Where where, StorageException because) {
        try {
            place.api().headers(Ask.of("DELETE", key, where).query("uploadId", id));
        } catch (StorageException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }

    Entry.File setModTime(Entry.File seen, Instant time) {
        Where where = place.where(Verb.SET_MOD_TIME, seen.path());
        String key = place.newKey(where, seen.path());
        S3Head now = place.api()
                .head(key, where)
                .orElseThrow(() -> place.refusal(ErrorKind.NOT_FOUND, where, "Want a file but nothing is there"));
        if (!S3Place.isSame(seen, now)) {
            boolean isDone = now.size() == seen.size()
                    && now.time().map(time::equals).orElse(false)
                    && now.md5().isPresent()
                    && now.md5().equals(Optional.ofNullable(seen.hashes().get(HashType.MD5)));
            if (isDone) {
                return place.file(seen.path(), now);
            }
            throw place.refusal(
                    ErrorKind.PRECONDITION_FAILED, where, "Want the file that was seen but another is there");
        }
        return make(Source.below(place.root(), seen), now, key, seen.path(), WriteOptions.PLAIN.at(time), where);
    }
}
