package io.skyferry.storage;

/// How a delete went, and whether it can be undone.
public sealed interface Removal {
    /// It is gone for good.
    record Gone() implements Removal {}

    /// The storage keeps it as an older version.
    record KeptAsVersion(Version version) implements Removal {}

    /// It lies in the storage's own trash.
    record InTrash(String id) implements Removal {}

    /// There was nothing to delete any more.
    record Missing() implements Removal {}
}
