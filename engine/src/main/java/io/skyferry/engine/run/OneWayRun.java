package io.skyferry.engine.run;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.RunListener;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a one-way run works on and how.
///
/// @param source a whole stack of layers
/// @param target a whole stack of layers
/// @param memory of the pair, source on the left; opened, and closed by who opened it
/// @param backup where replaced and deleted files of the target are moved to; empty: they go for good
/// @param references further places of the target's provider that may hold the same files already
/// @param workers who does the work: threads, or the caller itself in simulated worlds
/// @param spill a folder for what does not fit into memory; emptied at the end
/// @param requests what reached the storages up to now, for the report
/// @param cancel asked often; once it says so, the run ends in order
public record OneWayRun(
        Mode mode,
        Storage source,
        Storage target,
        PairMemory memory,
        Selection selection,
        RunOptions options,
        Optional<Backup> backup,
        List<Reference> references,
        Path spill,
        Workers workers,
        RunClock clock,
        RunListener listener,
        Progress progress,
        Supplier<Map<Verb, Long>> requests,
        CancelFlag cancel) {
    /// Makes the list unchangeable.
    public OneWayRun {
        references = List.copyOf(references);
    }

    /// Where replaced and deleted files of the target are moved to: `--backup-dir` and `--suffix` of rclone.
    ///
    /// @param storage that holds both the target and the backup directory
    /// @param target the target's root in it
    /// @param directory the backup directory in it; the target's root itself where files stay beside
    /// @param suffix put to the name; empty: none
    public record Backup(Storage storage, RelPath target, RelPath directory, String suffix, SuffixPlace place) {
        /// With the suffix behind the whole name.
        public Backup(Storage storage, RelPath target, RelPath directory, String suffix) {
            this(storage, target, directory, suffix, SuffixPlace.BEHIND_NAME);
        }

        /// Whether files are kept beside those that replace them.
        public boolean isBeside() {
            return directory.equals(target);
        }

        /// Whether a file of the target has the name of one that is kept beside another.
        public boolean mayHaveKept(RelPath path) {
            return isBeside() && place.bears(path.text(), suffix);
        }

        /// What a file of the target is called once it is kept.
        public RelPath keptName(RelPath path) {
            return new RelPath(place.put(path.text(), suffix));
        }
    }

    /// Where the suffix of a backup stands.
    public enum SuffixPlace {
        /// `a.txt.old`.
        BEHIND_NAME,
        /// `a.old.txt`; of several extensions only the last one counts.
        BEFORE_EXTENSION;

        /// Whether a path is one with the suffix.
        boolean bears(String path, String suffix) {
            int dot = path.lastIndexOf('.');
            boolean inside = this == BEFORE_EXTENSION
                    && dot > 0
                    && path.substring(0, dot).endsWith(suffix);
            return inside || path.endsWith(suffix);
        }

        /// A path with the suffix.
        public String put(String path, String suffix) {
            int dot = path.lastIndexOf('.');
            return switch (this) {
                case BEHIND_NAME -> path + suffix;
                case BEFORE_EXTENSION ->
                    dot > path.lastIndexOf('/') ? path.substring(0, dot) + suffix + path.substring(dot) : path + suffix;
            };
        }
    }

    /// A further place that may hold the same files already: `--compare-dest`, `--copy-dest`.
    ///
    /// @param copies whether what is found there is copied to the target; else it is left out
    public record Reference(Storage storage, boolean copies) {}
}
