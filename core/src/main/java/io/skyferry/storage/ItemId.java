package io.skyferry.storage;

/// What stays the same when a file is renamed: inode and birth time on a disk, the item's id in a drive.
///
/// @param text opaque to all but its storage; may be stored
public record ItemId(String text) {}
