package io.skyferry.simulators.s3;

import io.skyferry.simulators.web.WebRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request, taken apart: which bucket, which key, what is asked.
///
/// @param bucket empty: the service itself
/// @param key empty: the bucket itself
record S3Call(WebRequest request, String bucket, String key, Map<String, String> query, Body body) {
    /// What came with it, as far as it is wanted.
    interface Body {
        /// All of it.
        byte[] read() throws IOException;
    }

    static S3Call of(WebRequest request) {
        String path = request.path().substring(1);
        int slash = path.indexOf('/');
        String bucket = plain(slash < 0 ? path : path.substring(0, slash));
        String key = slash < 0 ? "" : plain(path.substring(slash + 1));
        Map<String, String> query = new HashMap<>();
        for (String one : request.query().split("&", -1)) {
            if (!one.isEmpty()) {
                int sign = one.indexOf('=');
                query.put(
                        plain(sign < 0 ? one : one.substring(0, sign)), sign < 0 ? "" : plain(one.substring(sign + 1)));
            }
        }
        return new S3Call(request, bucket, key, query, request::bytes);
    }

    private static String plain(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean asks(String name) {
        return query.containsKey(name);
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }

    Optional<String> header(String name) {
        return request.header(name);
    }

    /// The body, after all that was said of it was checked.
    S3Payload payload() throws IOException {
        return S3Payload.of(this, bytes());
    }

    /// The body as it came. The checksums of a request that finishes an upload are those of the file.
    byte[] bytes() throws IOException {
        if (header("transfer-encoding").isPresent()) {
            throw new S3Problem(501, "NotImplemented", "A header you provided implies functionality not implemented");
        }
        if (header("content-length").isEmpty()) {
            throw new S3Problem(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        }
        byte[] bytes = body.read();
        String sha = header("x-amz-content-sha256").orElse("");
        boolean unsigned = sha.equals("UNSIGNED-PAYLOAD") || sha.equals(S3Payload.STREAMED);
        if (!unsigned && !sha.equals(HexFormat.of().formatHex(digest("SHA-256", bytes)))) {
            throw new S3Problem(
                    400, "XAmzContentSHA256Mismatch", "The provided header does not match what was computed.");
        }
        Optional<String> md5 = header("content-md5");
        if (md5.isPresent() && !md5.orElseThrow().equals(Base64.getEncoder().encodeToString(digest("MD5", bytes)))) {
            throw new S3Problem(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
        return bytes;
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String md5(byte[] bytes) {
        return HexFormat.of().formatHex(digest("MD5", bytes));
    }

    /// What goes with the object wherever it goes.
    Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            boolean ofContent = switch (name) {
                case "content-type",
                        "content-language",
                        "content-encoding",
                        "content-disposition",
                        "cache-control",
                        "expires",
                        "x-amz-storage-class",
                        "x-amz-server-side-encryption",
                        "x-amz-server-side-encryption-aws-kms-key-id",
                        "x-amz-server-side-encryption-customer-key-md5" -> true;
                default -> name.startsWith("x-amz-meta-");
            };
            String content =
                    name.equals("content-encoding") ? value.replaceAll("(^|,\\s*)aws-chunked(,\\s*|$)", "") : value;
            if (ofContent && !content.isEmpty()) {
                kept.put(name, content);
            }
        });
        return kept;
    }

    /// What the call is named in Amazon's reference.
    String operation() {
        String method = request.method();
        if (bucket.isEmpty()) {
            return "ListBuckets";
        }
        if (key.isEmpty()) {
            return switch (method) {
                case "PUT" -> asks("versioning") ? "PutBucketVersioning" : "CreateBucket";
                case "HEAD" -> "HeadBucket";
                case "DELETE" -> "DeleteBucket";
                case "POST" -> "DeleteObjects";
                default -> ofBucket();
            };
        }
        boolean part = asks("partNumber");
        boolean upload = asks("uploadId");
        boolean copy = header("x-amz-copy-source").isPresent();
        return switch (method) {
            case "GET" -> upload ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            case "POST" -> asks("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
            default -> part ? copy ? "UploadPartCopy" : "UploadPart" : copy ? "CopyObject" : "PutObject";
        };
    }

    private String ofBucket() {
        if (asks("uploads")) {
            return "ListMultipartUploads";
        }
        if (asks("versions")) {
            return "ListObjectVersions";
        }
        if (asks("location")) {
            return "GetBucketLocation";
        }
        if (asks("versioning")) {
            return "GetBucketVersioning";
        }
        return query("list-type").equals("2") ? "ListObjectsV2" : "ListObjects";
    }
}
