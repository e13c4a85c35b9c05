package io.skyferry.storage;

import java.util.List;
import java.util.Optional;

/// One page of a feed of changes.
///
/// @param next where to go on, now or at the next poll; may be stored
/// @param more whether a further page is ready now
public record ChangePage(List<Change> changes, String next, boolean more) {
    /// One thing that happened; it may be told twice or late.
    ///
    /// @param id of the item, where the feed speaks of ids
    /// @param entry what is there now; empty: nothing
    public record Change(Optional<ItemId> id, Optional<RelPath> path, Optional<Entry> entry) {}
}
