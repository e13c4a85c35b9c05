package io.skyferry.storage;

/// What tells two states of a file apart: equal versions mean equal content, without reading it.
///
/// A local file's is made of inode, birth time, size, modification and change time; a remote one's of version id,
/// generation or ETag. Storages that have none of these leave it out.
///
/// @param text opaque to all but its storage; may be stored
public record Version(String text) {}
