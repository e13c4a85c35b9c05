package io.skyferry.control.run;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.filter.Selection;
import io.skyferry.storage.StorageSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a user wants to go from one place to another.
///
/// @param patience how long to wait for another run that works on the same pair
public record OneWayTask(
        Mode mode,
        StorageSpec source,
        StorageSpec target,
        Selection selection,
        RunOptions options,
        Optional<Backup> backup,
        List<Reference> references,
        Duration patience) {
    /// Makes the list unchangeable.
    public OneWayTask {
        references = List.copyOf(references);
    }

    /// Where replaced and deleted files go.
    ///
    /// @param place of the same provider as the target; empty: beside the file
    /// @param suffix put behind the name
    public record Backup(Optional<StorageSpec> place, String suffix) {}

    /// A further place that may hold the same files already.
    ///
    /// @param copies whether what is found there is copied to the target; else it is left out
    public record Reference(StorageSpec place, boolean copies) {}
}
