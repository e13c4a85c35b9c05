package io.skyferry.control.run;

import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;

/// Opens storages with all their layers.
@FunctionalInterface
public interface StorageOpener {
    /// A ready stack; nothing was asked of the place yet. To be closed.
    ///
    /// @throws IllegalArgumentException naming the setting that is wrong, what was wanted and what was found
    Storage open(StorageSpec spec);
}
