package io.skyferry.engine.pair;

import io.skyferry.storage.RelPath;

/// An entry that is not kept in step, and why; never taken for absent.
///
/// @param tag of the entry when it was skipped; a clash is tried again when it changes
public record Skip(Side side, RelPath path, String reason, String tag) {
    /// The same skip with the sides exchanged.
    public Skip exchanged() {
        return new Skip(side.other(), path, reason, tag);
    }
}
