package io.skyferry.storages.s3;

import io.skyferry.http.HttpHeaders;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storages.s3.wire.Etags;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the headers of a reply say of an object.
///
/// @param size of what the reply holds, in bytes; of the whole object where all of it was asked for
/// @param etag without quotes; empty where none was given
/// @param metadata fields of ours and others, without what all of them begin with
/// @param crc32c of the whole object in hexadecimal digits, where the server keeps and tells it, or its metadata does
/// @param content headers that go with the content wherever it goes: its type, its language
record S3Head(
        long size,
        String etag,
        Optional<Instant> modified,
        Map<String, String> metadata,
        Map<String, String> content,
        String storageClass,
        String encryption,
        Optional<String> versionId,
        Optional<String> crc32c) {
    /// Instead of the name of an encryption: with a key that goes with each request.
    static final String BY_CUSTOMER = "customer";

    private static final String META = "x-amz-meta-";
    private static final String MD5_FIELD = "md5chksum";
    /// Beside rclone's field, as it takes a tenth of the time to check.
    private static final String CRC32C_FIELD = "skyferry-crc32c";
    private static final List<String> CONTENT = List.of(
            "content-type",
            "content-language",
            "content-encoding",
            "content-disposition",
            "cache-control",
            "expires",
            "x-amz-website-redirect-location");

    static S3Head of(HttpHeaders headers) {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, String> content = new LinkedHashMap<>();
        headers.forEachFrom(
                META,
                (name, value) -> metadata.put(name.substring(META.length()).toLowerCase(Locale.ROOT), value));
        for (String name : CONTENT) {
            String value = headers.get(name);
            if (value != null) {
                content.put(name, value);
            }
        }
        boolean byCustomer =
                headers.first("x-amz-server-side-encryption-customer-algorithm").isPresent();
        return new S3Head(
                headers.first("Content-Length").map(S3Head::number).orElse(Entry.File.UNKNOWN_SIZE),
                Etags.bare(headers.first("ETag").orElse("")),
                headers.first("Last-Modified").flatMap(Mtime::ofHeader),
                metadata,
                content,
                headers.first("x-amz-storage-class").orElse(""),
                byCustomer
                        ? BY_CUSTOMER
                        : headers.first("x-amz-server-side-encryption").orElse(""),
                headers.first("x-amz-version-id").filter(id -> !id.equals("null")),
                headers.first(Checksum.CRC32C.header())
                        .filter(_ -> isOfAllBytes(headers))
                        .flatMap(Crc32cText::hex)
                        .or(() ->
                                Optional.ofNullable(metadata.get(CRC32C_FIELD)).filter(Crc32cText::isHex)));
    }

    /// Not every server marks a checksum of parts' checksums as one.
    private static boolean isOfAllBytes(HttpHeaders headers) {
        boolean isOfParts = headers.first("ETag").orElse("").contains("-");
        return PartSums.saysOfWhat(headers) ? PartSums.isOfAllBytes(headers) : !isOfParts;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            // The body is counted anyway.
            return Entry.File.UNKNOWN_SIZE;
        }
    }

    /// The modification time: ours or rclone's, else when it was stored.
    Optional<Instant> time() {
        return Optional.ofNullable(metadata.get(Mtime.FIELD))
                .flatMap(Mtime::read)
                .or(() -> modified);
    }

    /// The MD5 of the whole content, where something tells it.
    Optional<String> md5() {
        boolean tagIsMd5 = encryption.isEmpty() || encryption.equals("AES256");
        return tagIsMd5 ? Etags.md5(etag).or(this::keptMd5) : keptMd5();
    }

    private Optional<String> keptMd5() {
        try {
            return Optional.ofNullable(metadata.get(MD5_FIELD))
                    .map(text -> Base64.getDecoder().decode(text))
                    .filter(bytes -> bytes.length == 16)
                    .map(HexFormat.of()::formatHex);
        } catch (IllegalArgumentException none) {
            // A field of that name that rclone did not write.
            return Optional.empty();
        }
    }

    /// The fields that keep what the whole of a file hashes to which is made of parts; the MD5 as rclone writes it.
    static Map<String, String> sumFields(Map<HashType, String> hashes) {
        Map<String, String> fields = new TreeMap<>();
        Optional.ofNullable(hashes.get(HashType.MD5))
                .ifPresent(md5 -> fields.put(META + MD5_FIELD, Checksum.base64(md5)));
        Optional.ofNullable(hashes.get(HashType.CRC32C)).ifPresent(sum -> fields.put(META + CRC32C_FIELD, sum));
        return fields;
    }

    /// What the object hashes to, as far as it tells.
    Map<HashType, String> hashes() {
        Map<HashType, String> hashes = new TreeMap<>();
        md5().ifPresent(md5 -> hashes.put(HashType.MD5, md5));
        crc32c.ifPresent(sum -> hashes.put(HashType.CRC32C, sum));
        return hashes;
    }

    /// The header of a metadata field.
    static String metaHeader(String field) {
        return META + field.toLowerCase(Locale.ROOT);
    }
}
