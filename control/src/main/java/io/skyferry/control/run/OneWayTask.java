package io.skyferry.control.run;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.filter.Selection;
import io.skyferry.storage.StorageSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a user wants to go from one place to another.
///
/// @param patience how long to wait for another run that works on the same pair
/// @param emptied what becomes of source directories that hold nothing once their files were moved
public record OneWayTask(
        Mode mode,
        StorageSpec source,
        StorageSpec target,
        Selection selection,
        RunOptions options,
        Optional<Backup> backup,
        List<Reference> references,
        Duration patience,
        Emptied emptied) {
    /// Makes the list unchangeable.
    public OneWayTask {
        references = List.copyOf(references);
    }

    /// With emptied directories left where they are.
    public OneWayTask(
            Mode mode,
            StorageSpec source,
            StorageSpec target,
            Selection selection,
            RunOptions options,
            Optional<Backup> backup,
            List<Reference> references,
            Duration patience) {
        this(mode, source, target, selection, options, backup, references, patience, Emptied.STAY);
    }

    /// What becomes of source directories that hold nothing once their files were moved.
    public enum Emptied {
        /// They stay.
        STAY,
        /// They go, if everything arrived; the source itself stays.
        GO
    }

    /// Where replaced and deleted files go.
    ///
    /// @param place of the same provider as the target; empty: beside the file
    /// @param suffix put to the name
    /// @param where the suffix stands in it
    public record Backup(Optional<StorageSpec> place, String suffix, OneWayRun.SuffixPlace where) {
        /// With the suffix behind the whole name.
        public Backup(Optional<StorageSpec> place, String suffix) {
            this(place, suffix, OneWayRun.SuffixPlace.BEHIND_NAME);
        }
    }

    /// A further place that may hold the same files already.
    ///
    /// @param copies whether what is found there is copied to the target; else it is left out
    public record Reference(StorageSpec place, boolean copies) {}
}
