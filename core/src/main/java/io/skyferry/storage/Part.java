package io.skyferry.storage;

/// A part that has arrived.
///
/// @param number from 1 up
/// @param size in bytes
/// @param tag what the storage wants back to finish the upload: an ETag, a hash of the bytes
public record Part(int number, long size, String tag) {}
