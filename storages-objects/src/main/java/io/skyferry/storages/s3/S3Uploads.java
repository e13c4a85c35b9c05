package io.skyferry.storages.s3;

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
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Upload;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.s3.wire.Etags;
import io.skyferry.storages.s3.wire.Replies;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores files in parts.
///
/// Source: "Uploading and copying objects using multipart upload" of the Amazon S3 User Guide.
final class S3Uploads {
    private static final long MIB = 1L << 20;

    /// The server copies a part of this size in a few seconds, and none of it is held here.
    private static final long COPIED_PART = 256 * MIB;

    private final S3Place place;
    private final S3Conditions conditions;
    private final S3Copies copies;
    private final Proofs proofs;

    S3Uploads(S3Place place, S3Conditions conditions, S3Copies copies, Proofs proofs) {
        this.place = place;
        this.conditions = conditions;
        this.copies = copies;
        this.proofs = proofs;
    }

    Upload begin(RelPath file, Content content, WriteOptions options) {
        Where where = place.where(Verb.BEGIN_UPLOAD, file);
        String key = place.newKey(where, file);
        long size = content.size().orElse(Entry.File.UNKNOWN_SIZE);
        long most = place.settings().family().maxFileBytes();
        if (size > most) {
            throw place.refusal(ErrorKind.TOO_LARGE, where, "Want at most %s bytes but have %s".formatted(most, size));
        }
        Ask ask = Ask.of("POST", key, where).query("uploads", "");
        Optional<Map<String, String>> copied = copies.headers(content, options, where);
        if (copied.isPresent()) {
            var rules = new PartRules(size, Math.max(COPIED_PART, partBytes(size)));
            return upload(file, options, proofs.begunPlainly(ask.headers(copied.orElseThrow())), rules);
        }
        var rules = new PartRules(size, partBytes(size));
        ask.headers(Making.headers(place.settings(), file, options));
        if (!Proofs.isHere(content) || size < 0) {
            ask.headers(S3Head.sumFields(options.hashes()));
            return upload(file, options, proofs.begunUnread(ask), rules);
        }
        // The checksums of the whole go with the file where reading it once more costs no more than disk time: rclone
        // compares by the MD5, as the tag of a file that is made of parts says nothing to it; and whoever reads the
        // file in parts can tell whether all is right.
        var parts = new PartCrcs(rules);
        Map<HashType, String> sums = Sent.sumsOf(content, size, parts, where);
        Proofs.Begun begun = proofs.begun(ask.headers(S3Head.sumFields(sums)));
        proofs.know(begun.id(), parts);
        return upload(file, options, begun, rules);
    }

    private static Upload upload(RelPath file, WriteOptions options, Proofs.Begun begun, PartRules rules) {
        var token = new UploadToken(begun.id(), options.modTime(), options.condition(), begun.sums());
        return new Upload(file, token.text(), rules);
    }

    private long partBytes(long size) {
        long least = Math.ceilDiv(Math.max(0, size), S3Settings.MAX_PARTS - 1L);
        return Math.max(place.settings().partBytes(), Math.ceilDiv(least, MIB) * MIB);
    }

    Part putPart(Upload upload, int number, Content whole) {
        Where where = place.where(Verb.PUT_PART, upload.file());
        ByteRange range = upload.rules().range(number);
        Ask copy = about("PUT", upload, where).query("partNumber", String.valueOf(number));
        Optional<String> fetched = copies.fetchPart(whole, copy, range, where);
        if (fetched.isPresent()) {
            return new Part(number, range.length(), fetched.orElseThrow());
        }
        Sent sent = Sent.part(whole, range, proofs.ofPart(upload, number, whole, where), where);
        Ask ask = sent.into(about("PUT", upload, where)
                .query("partNumber", String.valueOf(number))
                .headers(place.settings().encryption().reading()));
        S3Head head = proofs.sendPart(ask, sent);
        if (head.etag().isEmpty()) {
            throw StorageException.unknownEffect(
                    ErrorKind.UNEXPECTED, where, "Want the tag of a part but the server gave none");
        }
        var tag = new PartTag(head.etag(), head.crc32c());
        return new Part(
                number, range.length(), (checksum(upload) == Checksum.CRC32C ? tag.with(sent.sum()) : tag).text());
    }

    private static Checksum checksum(Upload upload) {
        return UploadToken.of(upload.token()).sums().checksum();
    }

    private Ask about(String method, Upload upload, Where where) {
        return Ask.of(method, place.root().key(upload.file()), where)
                .query("uploadId", UploadToken.of(upload.token()).id());
    }

    List<Part> listParts(Upload upload) {
        Where where = place.where(Verb.LIST_PARTS, upload.file());
        List<Part> parts = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Ask ask = about("GET", upload, where)
                    .query("part-number-marker", after)
                    .headers(place.settings().encryption().reading());
            Replies.Parts page = place.api().read(ask, Replies::parts);
            page.parts()
                    .forEach(part -> parts.add(new Part(
                            part.number(),
                            part.size(),
                            new PartTag(part.etag(), Crc32cText.hex(part.crc32c())).text())));
            after = page.next();
        } while (after.isPresent());
        return parts;
    }

    /// By the server's checksum of the part: its size alone says nothing, as some servers store what a connection that
    /// broke off had brought under the size that was announced.
    Optional<Part> held(Upload upload, Part part, Content whole) {
        if (copies.canFetch(whole)) {
            // The server copies it again, and nothing is read here.
            return Optional.empty();
        }
        PartTag tag = PartTag.of(part.tag());
        HashType type = tag.crc32c().isPresent() ? HashType.CRC32C : HashType.MD5;
        ByteRange range = upload.rules().range(part.number());
        Where where = place.where(Verb.LIST_PARTS, upload.file());
        if (!Sent.hashOf(whole, range, type, where).equals(tag.crc32c().orElse(tag.etag()))) {
            return Optional.empty();
        }
        return Optional.of(
                type == HashType.MD5 && checksum(upload) == Checksum.CRC32C
                        ? new Part(
                                part.number(),
                                part.size(),
                                tag.with(Sent.hashOf(whole, range, HashType.CRC32C, where))
                                        .text())
                        : part);
    }

    Entry.File finish(Upload upload, List<Part> parts) {
        Where where = place.where(Verb.FINISH_UPLOAD, upload.file());
        UploadToken token = UploadToken.of(upload.token());
        expectWhole(upload, parts, where);
        proofs.forget(token.id());
        String key = place.root().key(upload.file());
        Optional<S3Head> inTheWay = conditions.inTheWay(token.condition(), S3Conditions.Making.PARTS, key, where);
        if (inTheWay.isPresent()) {
            return theSame(inTheWay, upload, parts, conditions.refusal(token.condition(), where));
        }
        Replies.Made made;
        try {
            made = place.api().read(completion(upload, parts, where), Replies::made);
        } catch (StorageException failure) {
            if (conditions.areUnknown(token.condition(), failure)
                    || conditions.areMisread(token.condition(), failure, key, where)) {
                return finish(upload, parts);
            }
            if (S3Conditions.isRefusal(token.condition(), failure)) {
                StorageException refusal =
                        failure.kind() == ErrorKind.NOT_FOUND ? failure : conditions.refusal(token.condition(), where);
                return theSame(place.api().head(key, where), upload, parts, refusal);
            }
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return theSame(place.api().head(key, where), upload, parts, failure);
            }
            throw failure;
        }
        if (made.failure().isPresent()) {
            throw S3Errors.behindYes(made.failure().orElseThrow(), where);
        }
        if (made.etag().isEmpty()) {
            return place.api()
                    .head(key, where)
                    .map(head -> place.file(upload.file(), head))
                    .orElseGet(() -> place.made(upload.file(), sizeOf(parts), token.modTime(), Map.of(), ""));
        }
        expectAllParts(made.etag(), key, parts, where);
        return place.made(upload.file(), sizeOf(parts), token.modTime(), Map.of(), made.etag());
    }

    /// Where the tag is not the one that these parts make, it may be of another kind, or parts were left out.
    private void expectAllParts(String tag, String key, List<Part> parts, Where where) {
        Optional<String> wanted =
                Etags.ofParts(tags(parts).stream().map(PartTag::etag).toList());
        if (wanted.isEmpty() || wanted.orElseThrow().equals(tag)) {
            return;
        }
        Optional<S3Head> there = place.api().head(key, where);
        boolean isShort = there.filter(head -> head.etag().equals(tag) && head.size() != sizeOf(parts))
                .isPresent();
        if (isShort) {
            StorageException corrupt = StorageException.unknownEffect(
                    ErrorKind.CORRUPT,
                    where,
                    "Want %s bytes put together from parts but the server has %s"
                            .formatted(sizeOf(parts), there.orElseThrow().size()));
            throw proofs.takenBack(key, where, there.orElseThrow(), corrupt);
        }
    }

    private static long sizeOf(List<Part> parts) {
        return parts.stream().mapToLong(Part::size).sum();
    }

    private void expectWhole(Upload upload, List<Part> parts, Where where) {
        boolean isWhole = !parts.isEmpty();
        if (upload.rules().totalBytes() >= 0) {
            isWhole = parts.size() == upload.rules().count()
                    && sizeOf(parts) == upload.rules().totalBytes();
        }
        for (int i = 0; isWhole && i < parts.size(); i++) {
            isWhole = parts.get(i).number() == i + 1;
        }
        if (!isWhole) {
            throw place.refusal(ErrorKind.PRECONDITION_FAILED, where, "Want all parts but some are missing");
        }
    }

    private static List<PartTag> tags(List<Part> parts) {
        return parts.stream().map(Part::tag).map(PartTag::of).toList();
    }

    private Ask completion(Upload upload, List<Part> parts, Where where) {
        var xml = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        List<PartTag> tags = tags(parts);
        for (int i = 0; i < parts.size(); i++) {
            xml.append("<Part><PartNumber>")
                    .append(parts.get(i).number())
                    .append("</PartNumber><ETag>\"")
                    .append(Escaped.xml(tags.get(i).etag()))
                    .append("\"</ETag>");
            tags.get(i)
                    .crc32c()
                    .ifPresent(sum -> xml.append("<ChecksumCRC32C>")
                            .append(Checksum.base64(sum))
                            .append("</ChecksumCRC32C>"));
            xml.append("</Part>");
        }
        xml.append("</CompleteMultipartUpload>");
        UploadToken token = UploadToken.of(upload.token());
        Ask ask = about("POST", upload, where);
        if (token.sums() == PartSums.OF_WHOLE) {
            PartTag.whole(tags, parts.stream().map(Part::size).toList()).ifPresent(sum -> PartSums.told(ask, sum));
        }
        return S3Api.withXml(ask, xml.toString())
                .headers(place.settings().encryption().reading())
                .headers(conditions.headers(token.condition(), S3Conditions.Making.PARTS));
    }

    /// What is there is what these parts make, where an earlier reply was lost.
    private Entry.File theSame(Optional<S3Head> now, Upload upload, List<Part> parts, StorageException refusal) {
        if (now.isPresent() && isMade(now.orElseThrow(), upload, parts)) {
            return place.file(upload.file(), now.orElseThrow());
        }
        throw refusal;
    }

    private boolean isMade(S3Head now, Upload upload, List<Part> parts) {
        Optional<String> tag =
                Etags.ofParts(tags(parts).stream().map(PartTag::etag).toList());
        if (tag.isPresent() && now.etag().equals(tag.orElseThrow())) {
            return true;
        }
        boolean tagsTell = place.settings().family().partTags() == S3Family.PartTags.MD5;
        Optional<Instant> time = UploadToken.of(upload.token()).modTime();
        return !tagsTell
                && now.size() == sizeOf(parts)
                && time.isPresent()
                && now.time().equals(time)
                && now.etag().contains("-");
    }

    void abandon(RelPath file, String id, Verb verb) {
        Where where = place.where(verb, file);
        proofs.forget(id);
        try {
            place.api().headers(Ask.of("DELETE", place.root().key(file), where).query("uploadId", id));
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.NOT_FOUND) {
                throw failure;
            }
        }
    }

    List<PendingUpload> list(RelPath file) {
        try {
            return listed(file);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                // A bucket that is still to be made.
                return List.of();
            }
            throw failure;
        }
    }

    private List<PendingUpload> listed(RelPath file) {
        Where where = place.where(Verb.LIST_UPLOADS, file);
        String key = place.root().key(file);
        boolean isBelow = file.isRoot() && !place.settings().family().listsUploadsBelow();
        List<PendingUpload> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        String afterId = "";
        do {
            Ask ask = Ask.ofBucket("GET", where)
                    .query("uploads", "")
                    .query("encoding-type", "url")
                    .query("prefix", isBelow ? "" : key)
                    .query("key-marker", after);
            if (!afterId.isEmpty()) {
                ask.query("upload-id-marker", afterId);
            }
            Replies.Uploads page = place.api().read(ask, Replies::uploads);
            for (Replies.Unfinished one : page.uploads()) {
                fileOf(one.key(), file, key)
                        .map(path -> new PendingUpload(path, one.id(), instant(one.initiated())))
                        .ifPresent(found::add);
            }
            after = page.nextKey();
            afterId = page.nextId();
        } while (after.isPresent());
        return found;
    }

    /// Which file an upload is for, if it is one that was asked for and can be named.
    private Optional<RelPath> fileOf(String key, RelPath asked, String askedKey) {
        if (!key.startsWith(askedKey)) {
            return Optional.empty();
        }
        if (!asked.isRoot()) {
            return key.equals(askedKey) ? Optional.of(asked) : Optional.empty();
        }
        String below = key.substring(askedKey.length());
        return below.isEmpty() || S3Names.faultOf(below).isPresent()
                ? Optional.empty()
                : S3Names.decode(below)
                        .map(RelPath::new)
                        .filter(path -> place.root().key(path).equals(key));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            // An upload whose age nobody knows is never old enough to be removed.
            return Instant.MAX;
        }
    }
}
