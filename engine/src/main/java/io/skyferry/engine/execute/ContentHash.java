package io.skyferry.engine.execute;

import io.skyferry.engine.work.CancelFlag;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.util.Optional;

/// Reads a file to its end for its hash.
final class ContentHash {
    private static final int BUFFER = 1 << 17;

    private ContentHash() {}

    /// What reading a file told.
    ///
    /// @param hash as lower-case hexadecimal text
    /// @param seal what a layer wants remembered of it
    record Read(String hash, Optional<Seal> seal) {}

    /// The hash of the version seen, as lower-case hexadecimal text.
    ///
    /// @throws StorageException if that version cannot be read to its end
    static String of(Storage storage, Entry.File seen, HashType type, CancelFlag cancel) {
        return read(storage, seen, type, cancel).hash();
    }

    /// The hash of the version seen, and its seal.
    ///
    /// @throws StorageException if that version cannot be read to its end
    static Read read(Storage storage, Entry.File seen, HashType type, CancelFlag cancel) {
        Hasher hasher = Hasher.of(type);
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, seen.size() < 0 ? BUFFER : seen.size()))];
        try (Body body = storage.read(seen, ByteRange.ALL)) {
            for (int got = body.stream().read(buffer);
                    got >= 0;
                    got = body.stream().read(buffer)) {
                cancel.check("comparing");
                hasher.update(buffer, 0, got);
            }
            return new Read(hasher.hex(), body.file().seal());
        } catch (IOException failure) {
            throw StorageException.inStream(failure);
        }
    }
}
