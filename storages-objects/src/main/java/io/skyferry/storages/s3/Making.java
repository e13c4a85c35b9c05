package io.skyferry.storages.s3;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.WriteOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/// The headers of a file that is to be made.
final class Making {
    private Making() {}

    /// What we say of every file.
    private static Map<String, String> headers(S3Settings settings, WriteOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.metadata().forEach((field, value) -> headers.put(S3Head.metaHeader(field), value));
        options.modTime().ifPresent(time -> headers.put(S3Head.metaHeader(Mtime.FIELD), Mtime.write(time)));
        headers.putAll(keeping(settings));
        return headers;
    }

    /// Of one that comes from elsewhere: nobody told the server what it is.
    static Map<String, String> headers(S3Settings settings, RelPath file, WriteOptions options) {
        Map<String, String> headers = headers(settings, options);
        headers.put("content-type", ContentTypes.of(file.text()));
        return headers;
    }

    /// How and where the server is to keep it.
    static Map<String, String> keeping(S3Settings settings) {
        Map<String, String> headers = new LinkedHashMap<>(settings.encryption().writing());
        settings.writing().storageClass().ifPresent(name -> headers.put("x-amz-storage-class", name));
        settings.writing().acl().ifPresent(name -> headers.put("x-amz-acl", name));
        return headers;
    }

    /// Of a copy that keeps what goes with the content, with other fields.
    static Map<String, String> copied(S3Settings settings, S3Head from, WriteOptions options) {
        Map<String, String> headers = new LinkedHashMap<>(from.content());
        from.metadata().forEach((field, value) -> headers.put(S3Head.metaHeader(field), value));
        if (settings.writing().storageClass().isEmpty() && !from.storageClass().isEmpty()) {
            headers.put("x-amz-storage-class", from.storageClass());
        }
        headers.putAll(headers(settings, options));
        return headers;
    }
}
