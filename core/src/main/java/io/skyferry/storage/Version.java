package io.skyferry.storage;

import org.jspecify.annotations.Nullable;

/// What tells two states of a file apart: equal versions mean equal content, without reading it.
///
/// A local file's is made of inode, birth time, size, modification and change time; a remote one's of version id,
/// generation or ETag. Storages that have none of these leave it out.
///
/// @param text opaque to all but its storage; may be stored
public record Version(String text) {
    /// Asked of each file; a record's own comparison is linked at run time, and slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && text.equals(version.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
