package io.skyferry.storage;

import java.time.Instant;

/// An unfinished upload that a storage holds, ours or another's.
///
/// @param file what it would become; for temporary files whose target is not known, the temporary file itself
/// @param id how the storage calls it
/// @param begun when, by the storage's clock
public record PendingUpload(RelPath file, String id, Instant begun) {}
