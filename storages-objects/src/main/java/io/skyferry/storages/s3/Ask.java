package io.skyferry.storages.s3;

import io.skyferry.http.RequestBody;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storages.s3.sign.SigV4;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request to a bucket, before anybody knows which host it goes to and how it is signed. For one thread.
final class Ask {
    private final String method;
    private final Where where;
    private final @Nullable String key;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Optional<String> bucket = Optional.empty();
    private RequestBody body = RequestBody.NONE;
    private String payload = SigV4.OF_NOTHING;

    private Ask(String method, @Nullable String key, Where where) {
        this.method = method;
        this.key = key;
        this.where = where;
    }

    /// About an object.
    static Ask of(String method, String key, Where where) {
        return new Ask(method, key, where);
    }

    /// About the bucket.
    static Ask ofBucket(String method, Where where) {
        return new Ask(method, null, where);
    }

    /// About an object of a bucket that need not be ours.
    Ask in(String name) {
        bucket = Optional.of(name);
        return this;
    }

    Ask query(String name, String value) {
        query.put(name, value);
        return this;
    }

    Ask query(String name, Optional<String> value) {
        if (value.isPresent()) {
            query.put(name, value.orElseThrow());
        }
        return this;
    }

    /// @param name in lower case
    Ask header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Takes headers back.
    Ask without(String... names) {
        headers.keySet().removeAll(List.of(names));
        return this;
    }

    Ask headers(Map<String, String> more) {
        headers.putAll(more);
        return this;
    }

    /// @param sha256 of the body, or [SigV4#UNSIGNED]
    Ask body(RequestBody bytes, String sha256) {
        body = bytes;
        payload = sha256;
        return this;
    }

    /// The bucket, where it need not be ours.
    Optional<String> bucket() {
        return bucket;
    }

    String method() {
        return method;
    }

    Where where() {
        return where;
    }

    @Nullable
    String key() {
        return key;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    RequestBody body() {
        return body;
    }

    String payload() {
        return payload;
    }
}
