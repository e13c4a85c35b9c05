package io.skyferry.simulators.s3;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// An upload in parts that is not finished.
final class S3Upload {
    private final String id;
    private final String key;
    private final Instant begun;
    private final Map<String, String> headers;
    private final NavigableMap<Integer, S3Object> parts = new TreeMap<>();

    S3Upload(String id, String key, Instant begun, Map<String, String> headers) {
        this.id = id;
        this.key = key;
        this.begun = begun;
        this.headers = Map.copyOf(headers);
    }

    String id() {
        return id;
    }

    String key() {
        return key;
    }

    Instant begun() {
        return begun;
    }

    Map<String, String> headers() {
        return headers;
    }

    /// The checksum that its parts have, as `crc32c`; empty: any.
    String algorithm() {
        return headers.getOrDefault(S3Parts.ALGORITHM, "").toLowerCase(Locale.ROOT);
    }

    /// What the file's checksum is of; empty: it has none.
    String checksumType() {
        return headers.getOrDefault(S3Parts.TYPE, "");
    }

    NavigableMap<Integer, S3Object> parts() {
        return parts;
    }
}
