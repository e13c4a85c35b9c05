package io.skyferry.engine.report;

import io.skyferry.storage.Verb;
import java.util.List;
import java.util.Map;

/// What a run did: a fold over its outcomes. History stores this, not the log.
///
/// @param transferredFiles files whose bytes came through here
/// @param transferredBytes their bytes, each counted once however often it was sent
/// @param copiedAtTarget files that the target made of what it had already
/// @param renamed files that were moved at the target
/// @param deleted files that were deleted, at the target and, when moving, at the source
/// @param unchanged files that were in step already
/// @param skipped files that were left alone by an option
/// @param failed entries that could not be brought in step
/// @param requests calls that reached the storages, both sides together
/// @param failures the first ones, in the order met
/// @param warnings the first ones, in the order met
/// @param refusal what a guard found, and the option that lifts it; empty: no guard spoke
public record Report(
        Verdict verdict,
        long transferredFiles,
        long transferredBytes,
        long copiedAtTarget,
        long renamed,
        long deleted,
        long unchanged,
        long skipped,
        long failed,
        Map<Verb, Long> requests,
        List<Failure> failures,
        List<String> warnings,
        String refusal) {
    /// Makes the collections unchangeable.
    public Report {
        requests = Map.copyOf(requests);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /// Whether no file was met that is selected.
    public boolean isIdle() {
        return transferredFiles + copiedAtTarget + renamed + unchanged + skipped + failed == 0;
    }

    /// An entry that could not be brought in step.
    ///
    /// @param path as the user knows it
    /// @param reason one sentence
    public record Failure(String path, String reason) {}
}
