package io.skyferry.storages.s3;

import io.skyferry.storage.RelPath;
import io.skyferry.storage.WrongSettingException;
import java.util.Optional;

/// Where a storage begins: a bucket, and the keys below a prefix.
///
/// @param prefix empty, or a path that ends in `/`
record S3Root(String bucket, String prefix) {
    /// The account: no bucket is named.
    static final S3Root NONE = new S3Root("", "");

    /// Source: "Object key naming guidelines" of the Amazon S3 User Guide.
    static final int MAX_KEY_BYTES = 1024;

    /// Of what stands behind `s3:`.
    ///
    /// @throws IllegalArgumentException if there is no bucket that could be
    static S3Root of(String path) {
        String text = path.startsWith("/") ? path.substring(1) : path;
        int slash = text.indexOf('/');
        String bucket = slash < 0 ? text : text.substring(0, slash);
        String below = slash < 0 ? "" : text.substring(slash + 1);
        while (below.endsWith("/")) {
            below = below.substring(0, below.length() - 1);
        }
        Optional<String> fault = Buckets.faultOf(bucket);
        if (fault.isPresent()) {
            throw new WrongSettingException(
                    S3Settings.PATH,
                    "Want 'bucket/path' but have '%s': the bucket's name %s".formatted(path, fault.orElseThrow()));
        }
        if (!below.isEmpty()) {
            below = new RelPath(below).text();
        }
        return new S3Root(bucket, below.isEmpty() ? "" : S3Names.encode(below) + "/");
    }

    /// Of what [#display] showed.
    static S3Root shown(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new S3Root(text, "") : new S3Root(text.substring(0, slash), text.substring(slash + 1) + "/");
    }

    /// Whether a text names no bucket.
    static boolean isNone(String path) {
        return path.isEmpty() || path.equals("/");
    }

    /// `bucket/path`, as a person writes it.
    String display() {
        return prefix.isEmpty() ? bucket : bucket + "/" + prefix.substring(0, prefix.length() - 1);
    }

    String key(RelPath path) {
        return prefix + S3Names.encode(path.text());
    }

    /// What the keys below a directory begin with.
    String below(RelPath directory) {
        return directory.isRoot() ? prefix : key(directory) + "/";
    }

    /// How many bytes a path may have.
    int maxPathBytes() {
        return MAX_KEY_BYTES - RelPath.bytesOf(prefix).length;
    }

    /// Why a file cannot be stored under this path.
    Optional<String> refusal(RelPath path) {
        if (path.isRoot()) {
            return Optional.of("Want a name but have none");
        }
        int bytes = RelPath.bytesOf(key(path)).length;
        return bytes > MAX_KEY_BYTES
                ? Optional.of("Want a key of at most %s bytes but have %s".formatted(MAX_KEY_BYTES, bytes))
                : Optional.empty();
    }
}
