package io.skyferry.storages.local.disk;

/// Room on a file system, in bytes.
///
/// @param free what this process may still use
public record Space(long total, long used, long free) {}
