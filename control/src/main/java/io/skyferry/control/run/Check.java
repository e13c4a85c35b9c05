package io.skyferry.control.run;

import io.skyferry.engine.compare.Join;
import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Pair;
import io.skyferry.engine.compare.Sameness;
import io.skyferry.engine.options.RunOptions;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.engine.scan.Scan;
import io.skyferry.engine.scan.ScanNotices;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.engine.work.Lanes;
import io.skyferry.engine.work.Workers;
import io.skyferry.filter.Selection;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/// Says where two places differ, without touching either.
///
/// Two files are the same when a sync would leave them alone; where only their content can tell, it is read. Of
/// encrypted files everything is read that the memory of the pair cannot vouch for: size and time say nothing of a
/// file that somebody cut, or put in the place of another.
public final class Check {
    private final Storage source;
    private final Storage target;
    private final Wishes wishes;
    private final Remembered remembered;
    private final boolean encrypted;
    private final Findings findings;
    private final CancelFlag cancel;
    private final Sameness sameness;
    private final Contents contents;

    /// How to compare.
    ///
    /// @param checkers files that are read at a time
    public record Wishes(
            Selection selection, RunOptions.Comparison comparison, Depth depth, Extras extras, int checkers) {
        /// The same with another selection.
        public Wishes selecting(Selection other) {
            return new Wishes(other, comparison, depth, extras, checkers);
        }
    }

    /// How far to look into files.
    public enum Depth {
        /// As a sync would.
        AS_SYNC,
        /// All bytes of both.
        BYTES
    }

    /// What to make of files that only the target has.
    public enum Extras {
        /// They are differences.
        COUNT,
        /// They are left out: only what the source has must be at the target.
        IGNORE
    }

    /// Hears what was found, from many threads.
    public interface Findings {
        /// Both sides have it, and it is the same.
        void match(RelPath path);

        /// Both sides have it, and it is not the same.
        void differ(RelPath path, String why);

        /// Only the target has it.
        void missingAtSource(RelPath path);

        /// Only the source has it.
        void missingAtTarget(RelPath path);

        /// It could not be compared.
        void error(RelPath path, String why);
    }

    /// What is remembered of the two places.
    ///
    /// @param memory of the pair; empty: nothing is
    /// @param boot of the machine now: bytes that were not flushed in another are doubted
    public record Remembered(Optional<PairMemory> memory, String boot) {
        /// Nothing is.
        public static final Remembered NOTHING = new Remembered(Optional.empty(), "");
    }

    /// Compares two open storages.
    public Check(
            Storage source,
            Storage target,
            Wishes wishes,
            Remembered remembered,
            Findings findings,
            CancelFlag cancel) {
        this.remembered = remembered;
        this.encrypted =
                !source.identity().key().isEmpty() || !target.identity().key().isEmpty();
        this.source = source;
        this.target = target;
        this.wishes = wishes;
        this.findings = findings;
        this.cancel = cancel;
        this.contents = new Contents(cancel);
        this.sameness = new Sameness(
                wishes.comparison(),
                source.capabilities(),
                target.capabilities(),
                looks(),
                remembered.boot(),
                Sameness.Unknown.WHOLE);
    }

    private Sameness.Looks looks() {
        boolean cheap = source.identity().isHere() && target.identity().isHere();
        return cheap ? Sameness.Looks.CHEAP : Sameness.Looks.COSTLY;
    }

    /// Goes through both.
    ///
    /// @param spill a folder for what does not fit into memory
    public void run(Workers workers, Path spill) {
        var keys =
                PairKeys.of(source.capabilities().names(), target.capabilities().names());
        try (Lanes lanes = workers.lanes("check", wishes.checkers());
                var sources = scan(source, new Scan.Setting("source", keys, workers, lanes, spill, cancel));
                var targets = scan(target, new Scan.Setting("target", keys, workers, lanes, spill, cancel));
                Known known = new Known(remembered.memory().map(PairMemory::agreed))) {
            new Join(sources, targets, known.rows()).forEachRemaining(pair -> {
                cancel.check("comparing");
                look(pair, lanes);
            });
            lanes.await();
        }
    }

    private Scan scan(Storage side, Scan.Setting setting) {
        return new Scan(side, wishes.selection(), setting, new Notices());
    }

    /// The rows of the memory, if there is one.
    private record Known(Optional<PairMemory.Rows> open) implements AutoCloseable {
        Iterator<Agreed> rows() {
            return open.<Iterator<Agreed>>map(rows -> rows).orElse(Collections.emptyIterator());
        }

        @Override
        public void close() {
            open.ifPresent(PairMemory.Rows::close);
        }
    }

    private void look(Pair pair, Lanes lanes) {
        switch (pair) {
            case Pair.SourceOnly(var _, Entry.File file, var _) -> findings.missingAtTarget(file.path());
            case Pair.TargetOnly(var _, Entry.File file, var _) -> {
                if (wishes.extras() == Extras.COUNT) {
                    findings.missingAtSource(file.path());
                }
            }
            case Pair.Both(var _, Entry.File left, Entry.File right, var row) -> judge(left, right, row, lanes);
            case Pair.Clash clash -> {
                for (Entry entry : clash.sources().isEmpty() ? clash.targets() : clash.sources()) {
                    findings.error(entry.path(), "several names fall together, as one side does not tell them apart");
                }
            }
            case Pair.SourceOnly _, Pair.TargetOnly _, Pair.Both _, Pair.Neither _ -> {
                // Directories are made and removed as files need them.
            }
        }
    }

    private void judge(Entry.File left, Entry.File right, Optional<Agreed> row, Lanes lanes) {
        if (wishes.depth() == Depth.BYTES) {
            if (left.size() != right.size()) {
                findings.differ(left.path(), "the sizes differ");
            } else {
                lanes.submit(() -> compareBytes(left, right));
            }
            return;
        }
        switch (sameness.judge(left, right, row)) {
            case Judgement.Same(Judgement.By by)
            when encrypted && (by == Judgement.By.SIZE || by == Judgement.By.SIZE_AND_TIME) ->
                lanes.submit(() -> compareBytes(left, right));
            case Judgement.Same _, Judgement.OtherTime _ -> findings.match(left.path());
            case Judgement.Different(String why) -> findings.differ(left.path(), why);
            case Judgement.LeaveAlone _ -> findings.match(left.path());
            case Judgement.Look _ -> lanes.submit(() -> compareBytes(left, right));
            case Judgement.AskTime _ -> lanes.submit(() -> askTimes(left, right, row, lanes));
        }
    }

    private void askTimes(Entry.File left, Entry.File right, Optional<Agreed> row, Lanes lanes) {
        var leftNow = source.stat(left.path());
        var rightNow = target.stat(right.path());
        if (leftNow.orElse(left) instanceof Entry.File leftFile
                && rightNow.orElse(right) instanceof Entry.File rightFile) {
            judge(leftFile, rightFile, row, lanes);
        } else {
            findings.error(left.path(), "it changed while it was looked at");
        }
    }

    private void compareBytes(Entry.File left, Entry.File right) {
        try {
            if (contents.areEqual(source, left, target, right)) {
                findings.match(left.path());
            } else {
                findings.differ(left.path(), "the contents differ");
            }
        } catch (StorageException failure) {
            findings.error(left.path(), String.valueOf(failure.getMessage()));
        }
    }

    /// What a listing meets that cannot be compared.
    private final class Notices implements ScanNotices {
        @Override
        public void unusable(Entry.Unusable entry) {
            findings.error(entry.path(), "'%s' cannot be named: %s".formatted(entry.rawName(), entry.reason()));
        }

        @Override
        public void special(Entry.Special entry) {
            // Links and devices are not part of what is kept in step.
        }

        @Override
        public void unlisted(Entry.Unlisted entry) {
            findings.error(entry.path(), entry.reason());
        }

        @Override
        public void leftover(Entry.Leftover entry) {
            // Our own temporary files are not part of what is kept in step.
        }

        @Override
        public void listed(int entries) {
            // Nothing shows how far a check is.
        }
    }
}
