package io.skyferry.simulators.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The objects of one bucket, sorted by the bytes of their keys.
final class S3Bucket {
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final NavigableMap<String, Deque<S3Object>> objects = new TreeMap<>(BY_BYTES);
    private final Map<String, S3Upload> uploads = new LinkedHashMap<>();
    private final boolean keepsVersions;

    S3Bucket(S3Rules.Versions versions) {
        this.keepsVersions = versions == S3Rules.Versions.ON;
    }

    boolean keepsVersions() {
        return keepsVersions;
    }

    Optional<S3Object> now(String key) {
        return Optional.ofNullable(objects.get(key)).map(Deque::getFirst).filter(one -> !one.deleted());
    }

    Optional<S3Object> version(String key, String id) {
        return Optional.ofNullable(objects.get(key)).stream()
                .flatMap(Deque::stream)
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    void put(String key, S3Object object) {
        Deque<S3Object> states = objects.computeIfAbsent(key, none -> new ArrayDeque<>());
        if (!keepsVersions) {
            states.clear();
        }
        states.addFirst(object);
    }

    void remove(String key) {
        objects.remove(key);
    }

    void removeVersion(String key, String id) {
        Deque<S3Object> states = objects.get(key);
        if (states != null) {
            states.removeIf(one -> one.id().equals(id));
            if (states.isEmpty()) {
                objects.remove(key);
            }
        }
    }

    NavigableMap<String, Deque<S3Object>> all() {
        return objects;
    }

    Map<String, S3Upload> uploads() {
        return uploads;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }
}
