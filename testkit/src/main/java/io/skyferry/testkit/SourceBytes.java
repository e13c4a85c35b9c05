package io.skyferry.testkit;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;

/// Reads what is to be stored, and tells the source's failures from the target's.
final class SourceBytes {
    private SourceBytes() {}

    /// The bytes of a range, all of them or a failure.
    static byte[] of(Where where, Content content, ByteRange range) {
        try {
            long size = content.size().orElse(Entry.File.UNKNOWN_SIZE);
            long want = size < 0 ? range.length() : range.lengthIn(size);
            byte[] bytes = take(content, range.offset(), want);
            boolean exact = bytes.length == want;
            if (exact || (size < 0 && bytes.length < want)) {
                return bytes;
            }
            throw sourceFailed(where, "Want %s bytes of the source but have %s".formatted(want, bytes.length));
        } catch (CancelledException stop) {
            throw stop;
        } catch (IOException | RuntimeException failure) {
            throw asSourceFailure(where, failure);
        }
    }

    private static byte[] take(Content content, long offset, long want) throws IOException {
        try (InputStream in = content.open(offset, want)) {
            return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 9, want) + 1);
        }
    }

    private static RuntimeException asSourceFailure(Where where, Exception failure) {
        if (failure.getCause() instanceof CancelledException stop) {
            return stop;
        }
        if (failure instanceof StorageException ours && ours.kind() == ErrorKind.SOURCE_FAILED) {
            return ours;
        }
        return sourceFailed(where, String.valueOf(failure.getMessage())).causedBy(failure);
    }

    private static StorageException sourceFailed(Where where, String message) {
        return StorageException.noEffect(ErrorKind.SOURCE_FAILED, where, message);
    }
}
