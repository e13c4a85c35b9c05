package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.storage.Entry;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps books on what a loss of power could still take from the target, and flushes where that costs little.
///
/// What this run writes is doubted, as no write of it waits for the medium. What it merely finds in step is not,
/// unless an earlier run may have written it in this boot without its row outliving the process: then one flush comes
/// before the first such row. A run that did not end before the machine did may have left torn files that no row
/// tells of: until a run went through everything, files without a row are compared by content.
public final class Doubts {
    private static final String RUN = "oneway.run";
    private static final String UNFLUSHED = "oneway.unflushed";
    private static final String TORN = "oneway.torn";
    private static final String CLOSED = "closed";
    private static final String OPEN = "open";
    private static final String SEVERAL = "several";
    private static final String PARTED = "\n";

    /// By then the system has written what it was given by itself, so that a flush finds little to do.
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final OneWayRun run;
    private final Last last;
    private final boolean mayBeTorn;
    private boolean written;
    private boolean left;
    private boolean leftUnlooked;
    private boolean leftUnwritten;
    private @Nullable Boolean flushed;

    /// For one run.
    public Doubts(OneWayRun run) {
        this.run = run;
        this.last = Last.of(run.memory().cursor(RUN).orElse(""));
        this.mayBeTorn = isHere()
                && (run.memory().cursor(TORN).filter(torn -> !torn.isEmpty()).isPresent()
                        || (last.how().equals(OPEN)
                                && !last.boot().equals(run.clock().boot())));
    }

    /// How the last run was noted down.
    ///
    /// @param time of its end, or of its beginning where it did not end
    private record Last(String how, String boot, Instant time) {
        static Last of(String cursor) {
            String[] parts = cursor.split(PARTED, -1);
            return parts.length == 3
                    ? new Last(parts[0], parts[1], Instant.parse(parts[2]))
                    : new Last("", "", Instant.MAX);
        }
    }

    private String noted(String how) {
        return how + PARTED + run.clock().boot() + PARTED + run.clock().now();
    }

    /// Whether the target may hold torn files that the memory knows nothing of.
    public boolean mayBeTorn() {
        return mayBeTorn;
    }

    private PairMemory memory() {
        return run.memory();
    }

    private boolean isHere() {
        return run.target().identity().isHere();
    }

    /// How unflushed rows of this boot and target are known.
    private String mine() {
        return run.clock().boot() + PARTED + run.target().identity().canonical();
    }

    private String unflushed() {
        return memory().cursor(UNFLUSHED).orElse("");
    }

    /// A run that has effects begins: settles the doubts of earlier ones where that is cheap by now.
    public void begin() {
        boolean unsure = unflushed().equals(mine()) || isOpenInThisBoot();
        if (isHere() && unsure && isSettled() && flushOnce() && unflushed().equals(mine())) {
            memory().believeFlushed();
            memory().putCursor(UNFLUSHED, "");
        }
        if (mayBeTorn) {
            memory().putCursor(TORN, run.clock().boot());
        }
        memory().putCursor(RUN, noted(OPEN));
    }

    private boolean isOpenInThisBoot() {
        return last.how().equals(OPEN) && last.boot().equals(run.clock().boot());
    }

    private boolean isSettled() {
        return !last.time().equals(Instant.MAX)
                && Duration.between(last.time(), run.clock().now()).compareTo(SETTLED) >= 0;
    }

    /// How a run ended.
    public enum Ended {
        /// It went through all rows, and every effect has its row.
        COMPLETE,
        /// It did not go through all rows, but every effect has its row.
        PARTLY,
        /// Something failed, so that an effect may have no row.
        BADLY
    }

    /// A run came to its end.
    public synchronized void end(Ended ended) {
        if (ended == Ended.COMPLETE && !left && !written && !unflushed().isEmpty()) {
            memory().putCursor(UNFLUSHED, "");
        }
        if (ended == Ended.COMPLETE && !leftUnlooked && mayBeTorn) {
            memory().putCursor(TORN, "");
        }
        if (ended != Ended.BADLY && allHaveRows(ended)) {
            memory().putCursor(RUN, noted(CLOSED));
        }
    }

    /// Whether every file of the target that a run may have written in this boot is on the medium or has a row.
    private boolean allHaveRows(Ended ended) {
        boolean wentThroughAll = ended == Ended.COMPLETE && !leftUnlooked && !leftUnwritten;
        return !isHere() || lastEndedWell() || wentThroughAll || Boolean.TRUE.equals(flushed);
    }

    /// A file of the target was met that this run leaves as it is.
    ///
    /// @param row what the memory has of it
    public synchronized void left(Optional<Agreed> row) {
        leftAlone(row);
        leftUnlooked |= row.isEmpty();
    }

    /// A file of the target was found in step, and no row is written for it.
    synchronized void leftInStep(Optional<Agreed> row) {
        leftAlone(row);
        leftUnwritten |= row.isEmpty();
    }

    /// A row was met without a file of the target beside it.
    public synchronized void leftAlone(Optional<Agreed> row) {
        left |= row.flatMap(one -> one.doubt().unflushedIn()).isPresent();
    }

    /// The boot in which bytes that were just written may be lost; empty where they are safe.
    synchronized Optional<String> ofWritten() {
        return isHere() && !run.options().transfers().flushEach() ? doubted() : Optional.empty();
    }

    /// The same for a file that was moved, whoever wrote it: moving it brings none of its bytes to the medium.
    synchronized Optional<String> ofMoved() {
        return isHere() ? doubted() : Optional.empty();
    }

    private Optional<String> doubted() {
        if (!written) {
            written = true;
            String before = unflushed();
            String now = before.isEmpty() || before.equals(mine()) ? mine() : SEVERAL;
            if (!now.equals(before)) {
                memory().putCursor(UNFLUSHED, now);
            }
        }
        return Optional.of(run.clock().boot());
    }

    /// The same for a file that was found in step.
    ///
    /// @param row what the memory had of it
    synchronized Optional<String> ofFound(Entry.File target, Optional<Agreed> row) {
        if (!isHere()) {
            return Optional.empty();
        }
        // A row of another state tells nothing of when this one came to the medium.
        boolean ofAnother = row.isPresent() && !Tags.fits(row.orElseThrow().right(), target);
        boolean doubtedNow = row.flatMap(one -> one.doubt().unflushedIn())
                .filter(run.clock().boot()::equals)
                .isPresent();
        return ofAnother || doubtedNow || (!lastEndedWell() && !flushOnce()) ? doubted() : Optional.empty();
    }

    private boolean lastEndedWell() {
        return last.how().equals(CLOSED) && memory().standing() instanceof PairMemory.Standing.Known;
    }

    private boolean flushOnce() {
        Boolean known = flushed;
        if (known == null) {
            known = flush();
            flushed = known;
        }
        return known;
    }

    private boolean flush() {
        if (!run.target().capabilities().can(Verb.FLUSH)) {
            return false;
        }
        try {
            run.target().flush();
            return true;
        } catch (StorageException failure) {
            // What is not known to be on the medium stays doubted, and is looked at again after the next boot.
            return false;
        }
    }
}
