package io.skyferry.storages.local.disk;

/// What a rename does with what is there already.
public enum Renaming {
    /// It is replaced.
    REPLACE,
    /// The rename is refused.
    KEEP,
    /// The two change places.
    EXCHANGE
}
