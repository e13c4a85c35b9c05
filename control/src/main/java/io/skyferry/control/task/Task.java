package io.skyferry.control.task;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A saved task.
///
/// @param id never given to another task
/// @param secrets the names of the secret fields that are set, of `encryption_password` and `encryption_salt`
/// @param nextRun when it is due by its schedule; empty: it is not
/// @param revision grows with each change
public record Task(
        long id,
        TaskFields fields,
        Set<String> secrets,
        Optional<Instant> nextRun,
        Optional<Instant> lastSuccess,
        long revision,
        Instant created,
        Instant changed) {
    /// Makes the set unchangeable.
    public Task {
        secrets = Set.copyOf(secrets);
    }

    /// How the task is spoken of.
    public String name() {
        return fields.name(id);
    }
}
