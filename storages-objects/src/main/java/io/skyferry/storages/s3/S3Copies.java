package io.skyferry.storages.s3;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.wire.Replies;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Copies inside the storage, and changes what goes with a file by copying it onto itself.
///
/// Source: CopyObject and UploadPartCopy of the Amazon S3 API Reference.
final class S3Copies {
    private static final int MOST_STEPS = 10_000;

    private final S3Place place;
    private final S3Conditions conditions;
    private final long atOnce;

    /// @param atOnce the largest file that is copied by one request, in bytes
    S3Copies(S3Place place, S3Conditions conditions, long atOnce) {
        this.place = place;
        this.conditions = conditions;
        this.atOnce = atOnce;
    }

    Entry.File copy(Entry.File seen, RelPath to, WriteOptions options) {
        Where where = place.where(Verb.COPY, to);
        String key = place.newKey(where, to);
        S3Head from = found(seen, where);
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
        return make(seen, from, key, to, timed, where);
    }

    /// What is to be copied, if it is there still.
    private S3Head found(Entry.File seen, Where where) {
        Optional<S3Head> now = S3Place.idOf(seen).isPresent()
                ? Optional.of(place.api()
                        .headers(Ask.of("HEAD", place.root().key(seen.path()), where)
                                .query("versionId", S3Place.idOf(seen))))
                : place.api().head(place.root().key(seen.path()), where);
        S3Head head = now.orElseThrow(
                () -> place.refusal(ErrorKind.NOT_FOUND, where, "Want the file that was seen but nothing is there"));
        if (!S3Place.isSame(seen, head)) {
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

    private Entry.File make(Entry.File seen, S3Head from, String key, RelPath to, WriteOptions options, Where where) {
        Map<String, String> headers = Making.copied(place.settings(), from, options);
        String etag = from.size() > atOnce
                ? inParts(seen, from, key, headers, where)
                : whole(
                        Ask.of("PUT", key, where).headers(headers).header("x-amz-metadata-directive", "REPLACE"),
                        seen,
                        where);
        Map<HashType, String> hashes = from.md5()
                .<Map<HashType, String>>map(md5 -> Map.of(HashType.MD5, md5))
                .orElse(Map.of());
        return place.made(to, from.size(), options.modTime(), hashes, etag);
    }

    private String whole(Ask ask, Entry.File seen, Where where) {
        return expectMade(place.api().read(source(ask, seen), Replies::made), where);
    }

    private static String expectMade(Replies.Made made, Where where) {
        if (made.failure().isPresent()) {
            throw S3Errors.of(500, made.failure().orElseThrow(), where);
        }
        return made.etag();
    }

    private Ask source(Ask ask, Entry.File seen) {
        String path =
                "/" + place.root().bucket() + "/" + Percent.ofPath(place.root().key(seen.path()));
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

    /// Large files are copied piece by piece; what was copied of one that fails is dropped.
    private String inParts(Entry.File seen, S3Head from, String key, Map<String, String> headers, Where where) {
        Ask begin = Ask.of("POST", key, where).query("uploads", "").headers(headers);
        from.md5().ifPresent(md5 -> {
            var field = S3Head.md5Field(HexFormat.of().parseHex(md5));
            begin.header(field.getKey(), field.getValue());
        });
        String id = place.api().read(begin, Replies::made).uploadId();
        try {
            long step = Math.max(atOnce, Math.ceilDiv(from.size(), (long) MOST_STEPS));
            var xml = new StringBuilder("<CompleteMultipartUpload>");
            int number = 1;
            for (long at = 0; at < from.size(); at += step) {
                long end = Math.min(from.size(), at + step) - 1;
                Ask part = Ask.of("PUT", key, where)
                        .query("uploadId", id)
                        .query("partNumber", String.valueOf(number))
                        .header("x-amz-copy-source-range", "bytes=" + at + "-" + end)
                        .headers(place.settings().encryption().reading());
                String tag = whole(part, seen, where);
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
        return make(seen, now, key, seen.path(), WriteOptions.PLAIN.at(time), where);
    }
}
