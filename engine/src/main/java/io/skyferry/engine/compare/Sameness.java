package io.skyferry.engine.compare;

import io.skyferry.engine.compare.Judgement.By;
import io.skyferry.engine.compare.Judgement.Trust;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.Side;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ModTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Judges two files from outside. Pure: chosen once for a run, from both sides' capabilities.
///
/// The strongest word counts: unchanged tags on both sides, else a hash that both keep, else size and time, else size.
/// Where the memory says that one side was touched although size and time agree, the content is looked at: only that
/// finds a file that was edited in place and had its old time put back.
public final class Sameness {
    private final RunOptions.Comparison comparison;
    private final Duration window;
    private final boolean widened;
    private final boolean timesKept;
    private final Looks looks;
    private final boolean torn;
    private final String boot;

    /// For two sides.
    ///
    /// @param looks what it costs to read content of both sides
    /// @param boot of the machine now: bytes that were not flushed in another are doubted
    /// @param unknown what is thought of target files that the memory knows nothing of
    public Sameness(
            RunOptions.Comparison comparison,
            Capabilities source,
            Capabilities target,
            Looks looks,
            String boot,
            Unknown unknown) {
        this.comparison = comparison;
        Duration precision =
                longest(source.modTimes().precision(), target.modTimes().precision());
        this.window = longest(comparison.window(), precision);
        this.widened = comparison.window().compareTo(precision) > 0;
        this.timesKept = source.modTimes().keeping() != Capabilities.Keeping.NOT_KEPT
                && target.modTimes().keeping() != Capabilities.Keeping.NOT_KEPT;
        this.looks = looks;
        this.boot = boot;
        this.torn = unknown == Unknown.MAY_BE_TORN;
    }

    /// What is thought of target files that the memory knows nothing of.
    public enum Unknown {
        /// They are what they look like.
        WHOLE,
        /// A loss of power may have left nothing but their size and time.
        MAY_BE_TORN
    }

    /// What it costs to read content of both sides.
    public enum Looks {
        /// Disk time on both sides.
        CHEAP,
        /// Disk time at the source, requests and traffic at the target.
        CHEAP_AT_SOURCE,
        /// Disk time at the target, requests and traffic at the source.
        CHEAP_AT_TARGET,
        /// Requests and traffic on both sides.
        COSTLY
    }

    /// Whether options let files pass for equal that may differ, so that the memory must not learn of it.
    public boolean isWeakened() {
        return comparison.by() == RunOptions.By.SIZE || comparison.ignoreSize() || widened;
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /// What the two files and the memory's row say.
    public Judgement judge(Entry.File source, Entry.File target, Optional<Agreed> row) {
        if (comparison.ignoreExisting()) {
            return new Judgement.LeaveAlone("it exists at the target");
        }
        if (comparison.ignoreTimes()) {
            return new Judgement.Different("everything is transferred again");
        }
        if (comparison.update() && isNewer(target, source)) {
            return new Judgement.LeaveAlone("it is newer at the target");
        }
        if (comparison.by() == RunOptions.By.CONTENT) {
            return byContent(source, target, row);
        }
        return row.isPresent() ? remembered(source, target, row.orElseThrow()) : unknown(source, target);
    }

    private boolean isNewer(Entry.File file, Entry.File other) {
        return file.modTime().known().isPresent()
                && other.modTime().known().isPresent()
                && Duration.between(
                                        other.modTime().known().orElseThrow(),
                                        file.modTime().known().orElseThrow())
                                .compareTo(window)
                        >= 0;
    }

    /// Content is read anew, but for sealed files that are still those of the row: what a layer sealed cannot have been
    /// changed by anybody else under the same tag.
    private Judgement byContent(Entry.File source, Entry.File target, Optional<Agreed> row) {
        if (sizesDiffer(source, target)) {
            return new Judgement.Different("the sizes differ");
        }
        Optional<Judgement> kept = sharedHash(source, target);
        return kept.isPresent()
                ? kept.orElseThrow()
                : new Judgement.Look(trustSealed(source, row, Side.LEFT), trustSealed(target, row, Side.RIGHT));
    }

    private Trust trustSealed(Entry.File file, Optional<Agreed> row, Side side) {
        return row.flatMap(agreed -> agreed.sealOn(side)).isPresent()
                ? trust(file, row.orElseThrow(), side)
                : Trust.READ;
    }

    private Trust trust(Entry.File file, Agreed row, Side side) {
        boolean doubted = side == Side.LEFT ? row.doubt().racy() : !isOnMedium(row);
        return Tags.of(file).equals(row.tagOn(side)) && !doubted ? Trust.REMEMBERED : Trust.READ;
    }

    private boolean sizesDiffer(Entry.File source, Entry.File target) {
        return !comparison.ignoreSize()
                && source.size() != target.size()
                && source.size() != Entry.File.UNKNOWN_SIZE
                && target.size() != Entry.File.UNKNOWN_SIZE;
    }

    private Judgement remembered(Entry.File source, Entry.File target, Agreed row) {
        if (!Tags.isWhole(source) || !Tags.isWhole(target)) {
            return new Judgement.AskTime();
        }
        Trust left = trust(source, row, Side.LEFT);
        Trust right = trust(target, row, Side.RIGHT);
        if (sizesDiffer(source, target)) {
            return new Judgement.Different("the sizes differ");
        }
        if (left == Trust.REMEMBERED && right == Trust.REMEMBERED) {
            return new Judgement.Same(By.MEMORY);
        }
        if (comparison.by() == RunOptions.By.SIZE) {
            return isOnMedium(row) ? new Judgement.Same(By.SIZE) : new Judgement.Look(left, right);
        }
        Optional<Judgement> kept = sharedHash(source, target);
        if (kept.isPresent()) {
            return kept.orElseThrow();
        }
        if (row.hash().isPresent()) {
            return new Judgement.Look(left, right);
        }
        return isCheapToRead(source, target) || !isOnMedium(row)
                ? new Judgement.Look(Trust.READ, Trust.READ)
                : fromOutside(source, target);
    }

    /// Whether contents can be compared without traffic: by reading both sides, or one where the other's hash is kept.
    private boolean isCheapToRead(Entry.File source, Entry.File target) {
        return switch (looks) {
            case CHEAP -> true;
            case CHEAP_AT_SOURCE -> hasProof(target);
            case CHEAP_AT_TARGET -> hasProof(source);
            case COSTLY -> false;
        };
    }

    private static boolean hasProof(Entry.File file) {
        return file.hashes().keySet().stream().anyMatch(HashType::provesSameness);
    }

    private Judgement unknown(Entry.File source, Entry.File target) {
        Judgement judgement = fromOutside(source, target);
        return torn && judgement instanceof Judgement.Same(By by) && by != By.HASH
                ? new Judgement.Look(Trust.READ, Trust.READ)
                : judgement;
    }

    /// Whether no loss of power can have taken the target's bytes since both sides agreed.
    public boolean isOnMedium(Agreed row) {
        return row.doubt().unflushedIn().map(boot::equals).orElse(true);
    }

    /// Whether both times are known and closer than the window.
    public boolean timesAgree(Entry.File source, Entry.File target) {
        return source.modTime() instanceof ModTime.Known(Instant left)
                && target.modTime() instanceof ModTime.Known(Instant right)
                && Duration.between(left, right).abs().compareTo(window) < 0;
    }

    /// What a hash says that both listings gave; empty: there is none.
    private Optional<Judgement> sharedHash(Entry.File source, Entry.File target) {
        for (Map.Entry<HashType, String> one : source.hashes().entrySet()) {
            String other = target.hashes().get(one.getKey());
            if (other != null && one.getKey().provesSameness()) {
                return Optional.of(other.equals(one.getValue()) ? sameHash(source, target) : hashesDiffer());
            }
        }
        return Optional.empty();
    }

    private Judgement sameHash(Entry.File source, Entry.File target) {
        return withContentEqual(source, target);
    }

    private static Judgement hashesDiffer() {
        return new Judgement.Different("the hashes differ");
    }

    /// The judgement of two files whose content was seen to be the same. Where content alone counts, times are left.
    public Judgement withContentEqual(Entry.File source, Entry.File target) {
        return heedsTimes() && isOfOtherTime(source, target) ? new Judgement.OtherTime() : new Judgement.Same(By.HASH);
    }

    /// Whether times are set where contents are the same.
    public boolean heedsTimes() {
        return comparison.by() == RunOptions.By.SIZE_AND_TIME && comparison.unlike() != RunOptions.Unlike.KEEPS_TIME;
    }

    /// Whether both sides keep times and a listing did not give one, so that content alone does not tell whether the
    /// time is to be set.
    public boolean areTimesOpen(Entry.File source, Entry.File target) {
        boolean unlisted =
                source.modTime() instanceof ModTime.NotListed || target.modTime() instanceof ModTime.NotListed;
        boolean missing = source.modTime() instanceof ModTime.NotKept || target.modTime() instanceof ModTime.NotKept;
        return timesKept && unlisted && !missing;
    }

    /// Whether the memory's row is about these two, so that their times are those on which both agreed.
    public boolean isRowOf(Optional<Agreed> row, Entry.File source, Entry.File target) {
        return row.filter(agreed -> Tags.fits(agreed.left(), source) && Tags.fits(agreed.right(), target))
                .isPresent();
    }

    /// Whether the target has another time than it could be given.
    public boolean isOfOtherTime(Entry.File source, Entry.File target) {
        return timesKept
                && source.modTime().known().isPresent()
                && target.modTime().known().isPresent()
                && !timesAgree(source, target);
    }

    private Judgement fromOutside(Entry.File source, Entry.File target) {
        if (sizesDiffer(source, target)) {
            return new Judgement.Different("the sizes differ");
        }
        if (comparison.by() == RunOptions.By.SIZE) {
            return new Judgement.Same(By.SIZE);
        }
        Optional<Judgement> kept = sharedHash(source, target);
        if (kept.isPresent()) {
            return kept.orElseThrow();
        }
        if (!timesKept) {
            return new Judgement.Same(By.SIZE);
        }
        if (source.modTime() instanceof ModTime.NotListed || target.modTime() instanceof ModTime.NotListed) {
            return new Judgement.AskTime();
        }
        if (timesAgree(source, target)) {
            return new Judgement.Same(By.SIZE_AND_TIME);
        }
        return isCheapToRead(source, target)
                ? new Judgement.Look(Trust.READ, Trust.READ)
                : new Judgement.Different("the times differ");
    }
}
