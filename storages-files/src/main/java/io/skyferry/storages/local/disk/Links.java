package io.skyferry.storages.local.disk;

/// What becomes of symbolic links on the way.
public enum Links {
    /// None is followed: the last name is looked at itself, one before it is a fault.
    REFUSE,
    /// All are followed, wherever they lead.
    FOLLOW
}
