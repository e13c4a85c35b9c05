package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Sameness;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.report.Tally;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What everybody needs who has effects in one run.
///
/// @param owner put into temporary names: the pair's part, then the run's
public record Scope(OneWayRun run, Tally tally, Sameness sameness, PairKeys keys, String owner, Doubts doubts) {
    /// How long after a change the system may give a further change the same time.
    private static final Duration CLOCK_STEP = Duration.ofMillis(20);

    Storage source() {
        return run.source();
    }

    Storage target() {
        return run.target();
    }

    /// Whether a look at a path finds the file of its key however the storage spells it; else only a listing does.
    public boolean findsAll(Storage storage) {
        Capabilities.Names names = storage.capabilities().names();
        return PairKeys.of(names, names).equals(keys);
    }

    /// Whether a directory of the target can stand in a file's way; else it is no more than what names begin with.
    boolean hasDirectories() {
        return target().capabilities().listing().emptyDirectories();
    }

    /// Whether a file of the target is one that the run is about.
    public boolean isSelectedAtTarget(Entry.File file) {
        return run.options().keeping().deleteExcluded() || run.selection().selects(file);
    }

    /// Whether nothing but the time of a file of the target decides if the run is about it.
    public boolean hangsOnTimeAtTarget(Entry.File file) {
        return !run.options().keeping().deleteExcluded() && run.selection().hangsOnTime(file);
    }

    void checkCancelled() {
        run.cancel().check("transferring");
    }

    /// How a file is stored where the plan saw this, or nothing.
    WriteOptions writing(Entry.File source, Optional<Entry.File> replaced) {
        return new WriteOptions(
                source.modTime().known(),
                Map.of(),
                condition(replaced),
                owner,
                flushesEach() ? Durability.NOW : Durability.SOON,
                Map.of());
    }

    /// Whether every file is on the medium before its write returns.
    private boolean flushesEach() {
        return run.options().transfers().flushEach() || mustFlushEach();
    }

    /// Whether nothing else can make sure of copies whose sources are to go.
    boolean mustFlushEach() {
        return run.mode() == Mode.MOVE && !canFlush();
    }

    /// Whether all that was written can be brought to the medium at once.
    boolean canFlush() {
        return target().capabilities().can(Verb.FLUSH);
    }

    /// What must still be true at the moment of the effect. A storage that cannot keep it looks right before.
    private static WriteOptions.Condition condition(Optional<Entry.File> replaced) {
        return replaced.isEmpty()
                ? new WriteOptions.Condition.Absent()
                : replaced.orElseThrow()
                        .version()
                        .<WriteOptions.Condition>map(WriteOptions.Condition.Matches::new)
                        .orElse(new WriteOptions.Condition.None());
    }

    /// Looks whether what is to be replaced is still what was seen, where no version can be asked for.
    ///
    /// @throws StorageException `PRECONDITION_FAILED` if it is not
    void checkReplaced(Optional<Entry.File> replaced) {
        if (replaced.isEmpty() || replaced.orElseThrow().version().isPresent()) {
            return;
        }
        Entry.File seen = replaced.orElseThrow();
        Optional<Entry> now = target().stat(seen.path());
        boolean same = now.isPresent()
                && now.orElseThrow() instanceof Entry.File file
                && file.size() == seen.size()
                && (seen.modTime().known().isEmpty() || seen.modTime().equals(file.modTime()));
        if (!same) {
            throw StorageException.noEffect(
                    ErrorKind.PRECONDITION_FAILED,
                    new StorageException.Where(target().displayName(), Verb.WRITE, seen.path()),
                    "Want the file that was seen but another is there");
        }
    }

    /// Writes down that both sides agree on a file that was just written.
    void agreeWritten(Entry.File source, Entry.File target, Optional<String> hash) {
        agree(source, target, hash, doubts.ofWritten());
    }

    /// Writes down that both sides agree on a file that was moved at the target; not where the user's options made
    /// them agree.
    void agreeMoved(Entry.File source, Entry.File target, Optional<String> hash) {
        if (!sameness.isWeakened()) {
            agree(source, target, hash, doubts.ofMoved());
        }
    }

    /// Writes down that both sides agree on a file that the target made of another one; not where the user's
    /// options let that one pass for the source's.
    void agreeCopied(Entry.File source, Entry.File target, Optional<String> hash) {
        if (sameness.isWeakened()) {
            doubts.leftInStep(Optional.empty());
        } else {
            agreeWritten(source, target, hash);
        }
    }

    /// Writes down that both sides were found to agree on a file; not where the user's options made them agree, or a
    /// run with other options would set the time.
    void agreeFound(Entry.File source, Entry.File target, Optional<String> hash) {
        Optional<Agreed> row = rowOf(source.path());
        boolean unasked = !sameness.heedsTimes()
                && sameness.areTimesOpen(source, target)
                && !sameness.isRowOf(row, source, target);
        if (sameness.isWeakened() || sameness.isOfOtherTime(source, target) || unasked) {
            doubts.leftInStep(row);
        } else {
            agree(source, target, hash, doubts.ofFound(target, row));
        }
    }

    /// A file as it was listed, with what the memory keeps of it for a layer, if it is still the file of then.
    static Entry.File sealed(Entry.File listed, Optional<Agreed> row, Side side) {
        Optional<Seal> seal = row.isPresent() ? row.orElseThrow().sealOn(side) : Optional.empty();
        return seal.isPresent()
                        && listed.seal().isEmpty()
                        && row.orElseThrow().tagOn(side).equals(Tags.of(listed))
                ? listed.withSeal(seal)
                : listed;
    }

    /// What the memory has of a path, however a side spells it.
    Optional<Agreed> rowOf(RelPath path) {
        return run.memory().agreedAt(new PairKey(keys.ofFile(path)));
    }

    /// What is not kept in step, and why.
    Skips skips() {
        return new Skips(this);
    }

    private void agree(Entry.File source, Entry.File target, Optional<String> hash, Optional<String> unflushedIn) {
        skips().end(source.path(), target.path());
        run.memory()
                .put(new Agreed(
                        new PairKey(keys.ofFile(source.path())),
                        source.path(),
                        target.path().equals(source.path()) ? Optional.empty() : Optional.of(target.path()),
                        Agreed.Kind.FILE,
                        source.size(),
                        hash,
                        Tags.of(source),
                        Tags.of(target),
                        source.id(),
                        target.id(),
                        source.seal(),
                        target.seal(),
                        new Agreed.Doubt(unflushedIn, isRacy(source(), source) || isRacy(target(), target))));
    }

    /// A hash that came with a write, in our own kind.
    static Optional<String> hashOf(Entry.File written) {
        return Optional.ofNullable(written.hashes().get(HashType.XXH128));
    }

    private boolean isRacy(Storage storage, Entry.File file) {
        if (!(file.modTime() instanceof ModTime.Known known)) {
            return false;
        }
        Duration window = CLOCK_STEP.plus(storage.capabilities().modTimes().precision());
        return Duration.between(known.at(), now()).abs().compareTo(window) < 0;
    }

    Instant now() {
        return run.clock().now();
    }

    void forget(RelPath path) {
        run.memory().forget(new PairKey(keys.ofFile(path)));
    }
}
