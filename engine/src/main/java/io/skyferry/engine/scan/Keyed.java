package io.skyferry.engine.scan;

import io.skyferry.storage.Entry;

/// A file or directory under the key that it is joined by.
public record Keyed(String key, Entry entry) {}
