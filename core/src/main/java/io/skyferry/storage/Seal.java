package io.skyferry.storage;

/// What a layer wants remembered of a file and given back with it; the engine keeps it and never looks inside.
///
/// @param text opaque to all but the layer that made it
public record Seal(String text) {}
