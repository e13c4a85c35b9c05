package io.skyferry.engine.options;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How a run compares, guards, transfers and keeps. [#DEFAULTS] is what a task without further wishes gets.
///
/// @param emptyDirectories whether directories that hold nothing are made at the target too
public record RunOptions(
        Comparison comparison, Guards guards, Transfers transfers, Keeping keeping, boolean emptyDirectories) {
    /// What a task without further wishes gets.
    public static final RunOptions DEFAULTS =
            new RunOptions(Comparison.DEFAULTS, Guards.DEFAULTS, Transfers.DEFAULTS, Keeping.DEFAULTS, false);

    /// How two files are compared.
    ///
    /// @param ignoreExisting files that the target has are left alone, whatever they hold
    /// @param update files that are newer at the target are left alone
    /// @param ignoreSize sizes are not compared
    /// @param ignoreTimes everything is transferred again
    /// @param window times closer than this are equal; the coarser precision of both sides counts in any case
    /// @param unlike what becomes of files of the target that are not as the source's
    public record Comparison(
            By by,
            boolean ignoreExisting,
            boolean update,
            boolean ignoreSize,
            boolean ignoreTimes,
            Duration window,
            Unlike unlike) {
        /// Size and time.
        public static final Comparison DEFAULTS =
                new Comparison(By.SIZE_AND_TIME, false, false, false, false, Duration.ofNanos(1));

        /// With files of the target made as the source's are.
        public Comparison(
                By by,
                boolean ignoreExisting,
                boolean update,
                boolean ignoreSize,
                boolean ignoreTimes,
                Duration window) {
            this(by, ignoreExisting, update, ignoreSize, ignoreTimes, window, Unlike.MADE_LIKE);
        }
    }

    /// What becomes of files of the target that are not as the source's.
    public enum Unlike {
        /// They get the source's content and time.
        MADE_LIKE,
        /// They get the source's content; where that is the same, their time stays.
        KEEPS_TIME,
        /// They stay as they are and count as failures.
        IMMUTABLE
    }

    /// What files are compared by when the memory cannot vouch for them.
    public enum By {
        /// Size, then time, then content where only the time differs.
        SIZE_AND_TIME,
        /// Size alone.
        SIZE,
        /// Size and content; both sides are read where no hash is kept.
        CONTENT
    }

    /// What stops a run before it harms.
    ///
    /// @param maxDelete how many files may be deleted; empty: [Limit#DELETE_KNOWN] or, without memory,
    ///     [Limit#DELETE_NEW]
    /// @param maxReplace how many files may be replaced; empty: any number
    /// @param allowEmptySource whether a source without files may empty the target
    /// @param acceptNewRoots whether a root that lies on another file system than at the last run is taken
    /// @param ignoreErrors whether deletes run although transfers failed; never lifts an incomplete listing
    public record Guards(
            Optional<Limit> maxDelete,
            OptionalLong maxDeleteBytes,
            Optional<Limit> maxReplace,
            boolean allowEmptySource,
            boolean acceptNewRoots,
            boolean ignoreErrors) {
        /// What protects a task without further wishes.
        public static final Guards DEFAULTS =
                new Guards(Optional.empty(), OptionalLong.empty(), Optional.empty(), false, false, false);
    }

    /// How many files may meet a fate.
    public sealed interface Limit {
        /// Deletes where the pair has a memory.
        Share DELETE_KNOWN = new Share(50, 20);

        /// Deletes where the pair has none yet.
        Share DELETE_NEW = new Share(10, 20);

        /// So many.
        record Count(long files) implements Limit {}

        /// So large a part of the target's files.
        ///
        /// @param percent of the files that the run selects at the target
        /// @param from how many files there must be for the share to count
        record Share(int percent, long from) implements Limit {}
    }

    /// How bytes go over.
    ///
    /// @param lanes transfers at a time
    /// @param checkers comparisons that read content at a time
    /// @param attempts for one item, the first one counted
    /// @param maxBytes after so many no further transfer is begun
    /// @param maxDuration after so long no further transfer is begun
    /// @param order in which transfers are begun
    /// @param flushEach whether every file is on the medium before it counts as done
    /// @param findRenames whether files without memory are matched by size and content
    /// @param partsFrom from how many bytes on a file goes in parts, where the target takes parts
    /// @param cutoff what `maxBytes` does to the file that reaches it
    public record Transfers(
            int lanes,
            int checkers,
            int attempts,
            OptionalLong maxBytes,
            Optional<Duration> maxDuration,
            Order order,
            boolean flushEach,
            boolean findRenames,
            long partsFrom,
            Cutoff cutoff) {
        /// Below this a file is cheaper to send again than to keep books on.
        public static final long PARTS_FROM = 64L << 20;

        /// Four at a time, as rclone does.
        public static final Transfers DEFAULTS =
                new Transfers(4, 8, 3, OptionalLong.empty(), Optional.empty(), Order.AS_FOUND, false, false);

        /// With parts where they pay.
        public Transfers(
                int lanes,
                int checkers,
                int attempts,
                OptionalLong maxBytes,
                Optional<Duration> maxDuration,
                Order order,
                boolean flushEach,
                boolean findRenames) {
            this(lanes, checkers, attempts, maxBytes, maxDuration, order, flushEach, findRenames, PARTS_FROM);
        }

        /// With no more bytes than the limit allows.
        public Transfers(
                int lanes,
                int checkers,
                int attempts,
                OptionalLong maxBytes,
                Optional<Duration> maxDuration,
                Order order,
                boolean flushEach,
                boolean findRenames,
                long partsFrom) {
            this(
                    lanes,
                    checkers,
                    attempts,
                    maxBytes,
                    maxDuration,
                    order,
                    flushEach,
                    findRenames,
                    partsFrom,
                    Cutoff.BEFORE);
        }
    }

    /// What a limit of bytes does to the file that reaches it.
    public enum Cutoff {
        /// It is not begun, so that no more bytes go over than the limit allows.
        BEFORE,
        /// It goes over whole, and is the last one.
        BEHIND
    }

    /// In which order transfers are begun.
    public enum Order {
        /// As the listings find them.
        AS_FOUND,
        /// Smallest first.
        SIZE_ASCENDING,
        /// Largest first.
        SIZE_DESCENDING,
        /// By path.
        NAME_ASCENDING,
        /// By path, backwards.
        NAME_DESCENDING,
        /// Oldest first.
        TIME_ASCENDING,
        /// Newest first.
        TIME_DESCENDING,
        /// Smallest and largest by turns.
        SIZE_MIXED,
        /// From both ends of the paths by turns.
        NAME_MIXED,
        /// Oldest and newest by turns.
        TIME_MIXED
    }

    /// What happens to files at the target that the source does not know.
    ///
    /// @param deleteExcluded whether files at the target that the selection leaves out are deleted
    /// @param traverse whether the target is listed; else each source file costs one look. It is listed in any case
    ///     where deletes need it, or where only the source takes several names for one
    public record Keeping(boolean deleteExcluded, boolean traverse) {
        /// Excluded files stay, the target is listed.
        public static final Keeping DEFAULTS = new Keeping(false, true);
    }
}
