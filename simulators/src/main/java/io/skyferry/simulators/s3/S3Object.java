package io.skyferry.simulators.s3;

import java.time.Instant;
import java.util.Map;

/// One state of an object, or the mark that it was deleted; its headers came with it and go with it.
final class S3Object {
    private final String id;
    private final byte[] bytes;
    private final String etag;
    private final Instant modified;
    private final Map<String, String> headers;
    private final boolean deleted;

    S3Object(String id, byte[] bytes, String etag, Instant modified, Map<String, String> headers, boolean deleted) {
        this.id = id;
        this.bytes = bytes;
        this.etag = etag;
        this.modified = modified;
        this.headers = Map.copyOf(headers);
        this.deleted = deleted;
    }

    String id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }

    String etag() {
        return etag;
    }

    Instant modified() {
        return modified;
    }

    Map<String, String> headers() {
        return headers;
    }

    boolean deleted() {
        return deleted;
    }

    String storageClass() {
        return headers.getOrDefault("x-amz-storage-class", "STANDARD");
    }
}
