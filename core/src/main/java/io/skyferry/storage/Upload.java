package io.skyferry.storage;

/// An upload in parts that was begun: a value that may be stored and handed back after a crash.
///
/// @param file what it becomes when it is finished
/// @param token opaque to all but the stack that made it; each layer wraps that of the one below
public record Upload(RelPath file, String token, PartRules rules) {}
