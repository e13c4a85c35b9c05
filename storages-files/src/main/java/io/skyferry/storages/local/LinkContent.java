package io.skyferry.storages.local;

import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;

/// Reads the small content that says where a symbolic link leads.
final class LinkContent {
    private LinkContent() {}

    static byte[] read(Content content, Where where) {
        long size = content.size().orElse(Long.MAX_VALUE);
        if (content.size().isPresent() && size > LinkText.LONGEST) {
            throw noPath(where);
        }
        byte[] target;
        try (InputStream stream = content.open(0, size)) {
            target = stream.readNBytes(LinkText.LONGEST + 1);
        } catch (IOException broken) {
            if (broken.getCause() instanceof CancelledException cancelled) {
                throw cancelled;
            }
            throw StorageException.noEffect(
                            ErrorKind.SOURCE_FAILED,
                            where,
                            "The content for '%s' failed: %s"
                                    .formatted(where.path().text(), broken.getMessage()))
                    .causedBy(broken);
        }
        if (content.size().isPresent() && target.length != size) {
            throw StorageException.noEffect(
                    ErrorKind.SOURCE_FAILED, where, "Want %s bytes but have %s".formatted(size, target.length));
        }
        boolean holdsEnd = false;
        for (byte b : target) {
            holdsEnd |= b == 0;
        }
        if (target.length == 0 || target.length > LinkText.LONGEST || holdsEnd) {
            throw noPath(where);
        }
        return target;
    }

    private static StorageException noPath(Where where) {
        return StorageException.noEffect(
                ErrorKind.CONTENT_REJECTED,
                where,
                "'%s': Want a path that a symbolic link can hold"
                        .formatted(where.path().text()));
    }
}
