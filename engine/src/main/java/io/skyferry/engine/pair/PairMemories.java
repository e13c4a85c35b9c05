package io.skyferry.engine.pair;

import io.skyferry.storage.StorageIdentity;
import java.time.Duration;

/// Opens the memory of a pair under the pair's lock.
///
/// A pair is the same pair whichever root is called left: a memory opened the other way round answers with its sides
/// exchanged.
public interface PairMemories {
    /// Opens the memory of two roots, or makes one.
    ///
    /// @param patience how long to wait for another run that works on the pair
    /// @throws PairInUseException if another run still works on it then
    PairMemory open(StorageIdentity left, StorageIdentity right, Duration patience);
}
