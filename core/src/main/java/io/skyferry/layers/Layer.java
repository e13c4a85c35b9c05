package io.skyferry.layers;

import io.skyferry.storage.Storage;

/// Makes a storage of another one.
@FunctionalInterface
public interface Layer {
    /// The storage with this concern over it.
    Storage over(Storage inner);
}
