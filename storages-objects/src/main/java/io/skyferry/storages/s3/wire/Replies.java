package io.skyferry.storages.s3.wire;

import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.sign.Percent.PlusSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The smaller replies of S3.
///
/// Source: the pages of each call in the Amazon S3 API Reference.
public final class Replies {
    private Replies() {}

    /// What the server made: an upload, or a file of copied bytes or of parts.
    ///
    /// @param failure in replies that say 200 before they know how it ends
    public record Made(String uploadId, String etag, Optional<Failure> failure) {}

    /// Reads the reply of CreateMultipartUpload, CompleteMultipartUpload, CopyObject or UploadPartCopy.
    public static Made made(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expectAny(xml);
        if (xml.name().equals("Error")) {
            return new Made("", "", Optional.of(Failure.fields(xml)));
        }
        String uploadId = "";
        String etag = "";
        while (xml.next() == Xml.Event.START) {
            String name = xml.name();
            String text = xml.text();
            switch (name) {
                case "UploadId" -> uploadId = text;
                case "ETag" -> etag = Etags.bare(text);
                default -> {}
            }
        }
        return new Made(uploadId, etag, Optional.empty());
    }

    private static void expectAny(Xml xml) {
        if (xml.next() != Xml.Event.START) {
            throw new Xml.CutException("Want an XML reply but have none");
        }
    }

    private static void expect(Xml xml, String root) {
        expectAny(xml);
        if (!xml.name().equals(root)) {
            throw xml.other("a '%s'".formatted(root));
        }
    }

    /// One page of the buckets of an account.
    ///
    /// @param next what the next page is asked for with; empty: this was the last
    public record Buckets(List<String> names, Optional<String> next) {}

    /// Reads the reply of ListBuckets.
    public static Buckets buckets(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expect(xml, "ListAllMyBucketsResult");
        List<String> names = new ArrayList<>();
        String next = "";
        boolean isInBucket = false;
        for (Xml.Event event = xml.next(); event != Xml.Event.DONE; event = xml.next()) {
            if (xml.name().equals("Bucket")) {
                isInBucket = event == Xml.Event.START;
            } else if (event == Xml.Event.START && !xml.name().equals("Buckets")) {
                String name = xml.name();
                String text = xml.text();
                if (isInBucket && name.equals("Name")) {
                    names.add(text);
                } else if (name.equals("ContinuationToken")) {
                    next = text;
                }
            }
        }
        return new Buckets(names, next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    /// One page of the parts of an upload.
    ///
    /// @param next behind which part the next page begins; empty: this was the last
    public record Parts(List<ArrivedPart> parts, Optional<String> next) {}

    /// A part that has arrived.
    ///
    /// @param crc32c of its bytes in Base64; empty where none is kept
    public record ArrivedPart(int number, long size, String etag, String crc32c) {}

    /// Reads the reply of ListParts.
    public static Parts parts(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expect(xml, "ListPartsResult");
        List<ArrivedPart> parts = new ArrayList<>();
        boolean truncated = false;
        String next = "";
        while (xml.next() == Xml.Event.START) {
            switch (xml.name()) {
                case "Part" -> parts.add(part(xml));
                case "IsTruncated" -> truncated = xml.text().equals("true");
                case "NextPartNumberMarker" -> next = xml.text();
                default -> xml.skip();
            }
        }
        return new Parts(parts, truncated ? Optional.of(next) : Optional.empty());
    }

    private static ArrivedPart part(Xml xml) {
        int number = 0;
        long size = 0;
        String etag = "";
        String crc32c = "";
        while (xml.next() == Xml.Event.START) {
            switch (xml.name()) {
                case "PartNumber" -> number = (int) xml.number();
                case "Size" -> size = xml.number();
                case "ETag" -> etag = xml.unquoted();
                case "ChecksumCRC32C" -> crc32c = xml.text();
                default -> xml.skip();
            }
        }
        return new ArrivedPart(number, size, etag, crc32c);
    }

    /// One page of unfinished uploads.
    ///
    /// @param nextKey with `nextId` what the next page is asked for with; empty: this was the last
    public record Uploads(List<Unfinished> uploads, Optional<String> nextKey, String nextId) {}

    /// An upload that was begun.
    ///
    /// @param initiated as it stands there
    public record Unfinished(String key, String id, String initiated) {}

    /// Reads the reply of ListMultipartUploads.
    public static Uploads uploads(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expect(xml, "ListMultipartUploadsResult");
        List<Unfinished> uploads = new ArrayList<>();
        boolean truncated = false;
        boolean encoded = false;
        String nextKey = "";
        String nextId = "";
        while (xml.next() == Xml.Event.START) {
            switch (xml.name()) {
                case "Upload" -> uploads.add(unfinished(xml));
                case "IsTruncated" -> truncated = xml.text().equals("true");
                case "NextKeyMarker" -> nextKey = xml.text();
                case "NextUploadIdMarker" -> nextId = xml.text();
                case "EncodingType" -> encoded = xml.text().equals("url");
                default -> xml.skip();
            }
        }
        boolean url = encoded;
        List<Unfinished> plain = uploads.stream()
                .map(one -> new Unfinished(plain(one.key(), url), one.id(), one.initiated()))
                .toList();
        return new Uploads(plain, truncated ? Optional.of(plain(nextKey, url)) : Optional.empty(), nextId);
    }

    private static String plain(String text, boolean encoded) {
        return encoded ? Percent.decode(text, PlusSign.IS_A_BLANK) : text;
    }

    private static Unfinished unfinished(Xml xml) {
        String key = "";
        String id = "";
        String initiated = "";
        while (xml.next() == Xml.Event.START) {
            String name = xml.name();
            String text = xml.text();
            switch (name) {
                case "Key" -> key = text;
                case "UploadId" -> id = text;
                case "Initiated" -> initiated = text;
                default -> {}
            }
        }
        return new Unfinished(key, id, initiated);
    }

    /// What became of one key of a batch delete.
    ///
    /// @param failure empty: it is gone
    /// @param marker the version id of the mark that hides it, where older versions are kept
    public record Deleted(String key, Optional<String> marker, Optional<Failure> failure) {}

    /// Reads the reply of DeleteObjects.
    public static List<Deleted> deleted(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expect(xml, "DeleteResult");
        List<Deleted> all = new ArrayList<>();
        while (xml.next() == Xml.Event.START) {
            boolean failed = xml.name().equals("Error");
            String key = "";
            String code = "";
            String message = "";
            String marker = "";
            while (xml.next() == Xml.Event.START) {
                String name = xml.name();
                String text = xml.text();
                switch (name) {
                    case "Key" -> key = text;
                    case "Code" -> code = text;
                    case "Message" -> message = text;
                    case "DeleteMarkerVersionId" -> marker = text;
                    default -> {}
                }
            }
            all.add(new Deleted(
                    key,
                    marker.isEmpty() ? Optional.empty() : Optional.of(marker),
                    failed ? Optional.of(new Failure(code, message, "", "")) : Optional.empty()));
        }
        return all;
    }

    /// One page of versions.
    public record Versions(List<OldVersion> versions, Optional<String> nextKey, String nextId) {}

    /// A version that is kept.
    ///
    /// @param deleted it is a mark that the object was deleted
    public record OldVersion(
            String key, String id, boolean latest, boolean deleted, long size, String modified, String etag) {}

    /// Reads the reply of ListObjectVersions.
    public static Versions versions(byte[] bytes, int length) {
        var xml = new Xml(bytes, length);
        expect(xml, "ListVersionsResult");
        List<OldVersion> all = new ArrayList<>();
        boolean truncated = false;
        boolean encoded = false;
        String nextKey = "";
        String nextId = "";
        while (xml.next() == Xml.Event.START) {
            switch (xml.name()) {
                case "Version" -> all.add(version(xml, false));
                case "DeleteMarker" -> all.add(version(xml, true));
                case "IsTruncated" -> truncated = xml.text().equals("true");
                case "NextKeyMarker" -> nextKey = xml.text();
                case "NextVersionIdMarker" -> nextId = xml.text();
                case "EncodingType" -> encoded = xml.text().equals("url");
                default -> xml.skip();
            }
        }
        boolean url = encoded;
        List<OldVersion> plain = all.stream()
                .map(one -> new OldVersion(
                        plain(one.key(), url),
                        one.id(),
                        one.latest(),
                        one.deleted(),
                        one.size(),
                        one.modified(),
                        one.etag()))
                .toList();
        return new Versions(plain, truncated ? Optional.of(plain(nextKey, url)) : Optional.empty(), nextId);
    }

    private static OldVersion version(Xml xml, boolean deleted) {
        String key = "";
        String id = "";
        boolean latest = false;
        long size = 0;
        String modified = "";
        String etag = "";
        while (xml.next() == Xml.Event.START) {
            switch (xml.name()) {
                case "Key" -> key = xml.text();
                case "VersionId" -> id = xml.text();
                case "IsLatest" -> latest = xml.text().equals("true");
                case "Size" -> size = xml.number();
                case "LastModified" -> modified = xml.text();
                case "ETag" -> etag = xml.unquoted();
                default -> xml.skip();
            }
        }
        return new OldVersion(key, id, latest, deleted, size, modified, etag);
    }
}
