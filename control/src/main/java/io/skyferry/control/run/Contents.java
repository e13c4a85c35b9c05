package io.skyferry.control.run;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Looks at what files hold.
public final class Contents {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final CancelFlag cancel;

    /// Stops looking when the flag says so.
    public Contents(CancelFlag cancel) {
        this.cancel = cancel;
    }

    /// Takes bytes as they come.
    @FunctionalInterface
    public interface Sink {
        /// Takes the first bytes of a buffer.
        void accept(byte[] buffer, int length);
    }

    /// Gives a stretch of a file to a sink.
    public void read(Storage storage, Entry.File file, ByteRange range, Sink sink) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Body body = storage.read(file, range)) {
            InputStream stream = body.stream();
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                cancel.check("reading " + file.path());
                sink.accept(buffer, length);
            }
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    /// Whether two files hold the same bytes; reads both, up to the first difference.
    public boolean areEqual(Storage left, Entry.File leftFile, Storage right, Entry.File rightFile) {
        byte[] leftBuffer = new byte[BUFFER_BYTES];
        byte[] rightBuffer = new byte[BUFFER_BYTES];
        try (Body leftBody = left.read(leftFile, ByteRange.ALL);
                Body rightBody = right.read(rightFile, ByteRange.ALL)) {
            while (true) {
                cancel.check("comparing " + leftFile.path());
                int length = leftBody.stream().readNBytes(leftBuffer, 0, BUFFER_BYTES);
                int other = rightBody.stream().readNBytes(rightBuffer, 0, BUFFER_BYTES);
                if (length != other || !Arrays.equals(leftBuffer, 0, length, rightBuffer, 0, length)) {
                    return false;
                }
                if (length < BUFFER_BYTES) {
                    return true;
                }
            }
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }

    /// The hashes of a file: those that its listing gave, the others by reading it.
    public Map<HashType, String> hashes(Storage storage, Entry.File file, Set<HashType> wanted) {
        Map<HashType, String> hashes = new EnumMap<>(HashType.class);
        Map<HashType, Hasher> open = new EnumMap<>(HashType.class);
        for (HashType type : wanted) {
            String kept = file.hashes().get(type);
            if (kept != null) {
                hashes.put(type, kept);
            } else {
                open.put(type, Hasher.of(type));
            }
        }
        if (!open.isEmpty()) {
            read(
                    storage,
                    file,
                    ByteRange.ALL,
                    (buffer, length) -> open.values().forEach(one -> one.update(buffer, 0, length)));
            open.forEach((type, hasher) -> hashes.put(type, hasher.hex()));
        }
        return hashes;
    }
}
