package io.skyferry.storage;

/// What became of one of many deletes.
public sealed interface DeleteResult {
    /// The file that was to go.
    Entry.File file();

    /// It went.
    record Removed(Entry.File file, Removal removal) implements DeleteResult {}

    /// It stayed.
    record Refused(Entry.File file, StorageException failure) implements DeleteResult {}
}
