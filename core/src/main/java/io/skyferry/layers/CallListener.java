package io.skyferry.layers;

import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;

/// Hears of calls as whoever makes them sees them: each once, however often it was tried, under the names
/// that the user knows. Called by many threads; returns soon and never throws.
public interface CallListener {
    /// A call ended well. For a read: its body is on its way.
    ///
    /// @param nanos how long it took
    void succeeded(Where where, long nanos);

    /// A call ended badly, after all that was tried.
    void failed(Where where, long nanos, StorageException failure);

    /// Bytes arrived that this call had not brought before: what is sent again is not told again.
    void advanced(Where where, long bytes);
}
