package io.skyferry.engine.run;

import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.plan.Mode;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.RunListener;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a one-way run works on and how.
///
/// @param source a whole stack of layers
/// @param target a whole stack of layers
/// @param memory of the pair, source on the left; opened, and closed by who opened it
/// @param backup where replaced and deleted files of the target are moved to; empty: as the options say
/// @param references further places of the target's provider that may hold the same files already
/// @param spill a folder for what does not fit into memory; emptied at the end
/// @param cancel asked often; once it says so, the run ends in order
public record OneWayRun(
        Mode mode,
        Storage source,
        Storage target,
        PairMemory memory,
        Selection selection,
        RunOptions options,
        Optional<Storage> backup,
        List<Reference> references,
        Path spill,
        RunClock clock,
        RunListener listener,
        Progress progress,
        CancelFlag cancel) {
    /// Makes the list unchangeable.
    public OneWayRun {
        references = List.copyOf(references);
    }

    /// A further place that may hold the same files already: `--compare-dest`, `--copy-dest`.
    ///
    /// @param copies whether what is found there is copied to the target; else it is left out
    public record Reference(Storage storage, boolean copies) {}
}
