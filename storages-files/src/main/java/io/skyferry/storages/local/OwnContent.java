package io.skyferry.storages.local;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// A file of a storage as a content for the same storage.
///
/// @param seen what is copied
record OwnContent(Storage storage, Entry.File seen) implements Content {
    @Override
    public OptionalLong size() {
        return OptionalLong.of(seen.size());
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        try {
            Body body = storage.read(seen, new ByteRange(offset, length));
            return body.stream();
        } catch (StorageException refused) {
            throw refused.asIo();
        }
    }

    @Override
    public String fingerprint() {
        return seen.version().map(Version::text).orElse("");
    }

    @Override
    public Optional<Origin> origin() {
        return storage.origin(seen);
    }
}
