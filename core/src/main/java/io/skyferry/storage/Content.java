package io.skyferry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// What is to be stored: it can be opened again, from any offset.
public interface Content {
    /// In bytes; empty for exports whose size nobody knows before the end.
    OptionalLong size();

    /// The bytes from an offset.
    ///
    /// The stream gives its last bytes only after the source was seen to be the same still; else it throws.
    ///
    /// @param length how many at most; fewer only where the content ends before
    InputStream open(long offset, long length) throws IOException;

    /// The same for one who hashes them before they are sent: what counts or limits what goes over passes these by.
    default InputStream openToHash(long offset, long length) throws IOException {
        return open(offset, length);
    }

    /// Changes when the source changes; looked at before a part is sent again.
    String fingerprint();

    /// Where a target that lives at the same place may fetch the bytes by itself; empty where it may not.
    Optional<Origin> origin();

    /// A file as a target could find it without us: between two folders of one machine or two buckets of an account.
    record Origin(StorageIdentity storage, Entry.File file) {}
}
