package io.skyferry.engine.report;

import io.skyferry.engine.plan.Step;
import io.skyferry.limits.Counted;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Folds what happens in a run into its report, and tells the listener. Written by many threads.
public final class Tally {
    private static final int FIRST_ONES = 1_000;
    private static final int FIRST_SPECIALS = 100;

    private final RunListener listener;
    private final Progress progress;
    private final LongAdder transferredFiles = new LongAdder();
    private final LongAdder transferredBytes = new LongAdder();
    private final LongAdder copied = new LongAdder();
    private final LongAdder renamed = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder special = new LongAdder();
    private final AtomicInteger namedSpecials = new AtomicInteger();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean holdsDeletes = new AtomicBoolean();
    private final AtomicBoolean incomplete = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean aborted = new AtomicBoolean();
    private final List<Report.Failure> failures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /// Whether a failure holds back the deletes of its run.
    public enum Holds {
        /// It does: what is at the target may be all there is.
        DELETES,
        /// It does not: a name that cannot be stored says nothing of other files.
        NOTHING
    }

    /// Nothing has happened yet.
    public Tally(RunListener listener, Progress progress) {
        this.listener = listener;
        this.progress = progress;
    }

    /// A step is begun.
    public void began(Step step) {
        listener.on(new RunEvent.Began(step));
    }

    /// A file's bytes arrived.
    public void transferred(Step step, long bytes) {
        transferredFiles.increment();
        transferredBytes.add(bytes);
        listener.on(new RunEvent.Done(step, bytes));
    }

    /// The target made a file of what it had.
    public void copied(Step step) {
        copied.increment();
        listener.on(new RunEvent.Done(step, 0));
    }

    /// A file was moved at the target.
    public void renamed(Step step) {
        renamed.increment();
        listener.on(new RunEvent.Done(step, 0));
    }

    /// A file was deleted.
    public void deleted(Step step) {
        deleted.increment();
        progress.deleted();
        listener.on(new RunEvent.Done(step, 0));
    }

    /// A file was in step but for its time, which was set.
    public void timeSet(Step step) {
        unchanged.increment();
        progress.checked();
        listener.on(new RunEvent.Done(step, 0));
    }

    /// A step was done that is not counted: a directory.
    public void done(Step step) {
        listener.on(new RunEvent.Done(step, 0));
    }

    /// A file was in step.
    ///
    /// @param reason what showed it
    public void unchanged(RelPath path, String reason) {
        unchanged.increment();
        progress.checked();
        listener.on(new RunEvent.InStep(path, reason));
    }

    /// A file was left alone, as an option says.
    public void skipped(RelPath path, String reason) {
        skipped.increment();
        progress.checked();
        listener.on(new RunEvent.LeftAlone(path, reason));
    }

    /// Something that is neither file nor directory was left alone: the first ones are named to the user.
    public void special(RelPath path, String reason) {
        skipped.increment();
        special.increment();
        listener.on(new RunEvent.LeftAlone(path, reason));
        if (namedSpecials.getAndIncrement() < FIRST_SPECIALS) {
            warn("'%s' is left alone: %s".formatted(path, reason));
        }
    }

    /// An entry could not be brought in step.
    public void failed(RelPath path, String reason, Holds holds) {
        failed.increment();
        progress.failed();
        if (holds == Holds.DELETES) {
            holdsDeletes.set(true);
        }
        synchronized (failures) {
            if (failures.size() < FIRST_ONES) {
                failures.add(new Report.Failure(path.text(), reason));
            }
        }
        listener.on(new RunEvent.Failed(path, reason));
    }

    /// A listing does not tell all: nothing may be inferred from absence.
    public void incomplete(RelPath path, String reason) {
        incomplete.set(true);
        failed(path, reason, Holds.DELETES);
    }

    /// Nothing further is to be begun.
    public void stop(RelPath path, String reason) {
        stopped.set(true);
        failed(path, reason, Holds.DELETES);
    }

    /// The user should know.
    public void warn(String text) {
        synchronized (warnings) {
            if (warnings.size() < FIRST_ONES) {
                warnings.add(text);
            }
        }
        listener.on(new RunEvent.Warned(text));
    }

    /// A guard spoke.
    public void refuse(String text) {
        synchronized (refusals) {
            refusals.add(text);
        }
        listener.on(new RunEvent.Refused(text));
    }

    /// The run was told to stop.
    public void abort() {
        aborted.set(true);
    }

    /// Whether nothing further is to be begun.
    public boolean isStopped() {
        return stopped.get();
    }

    /// Whether a listing does not tell all.
    public boolean isIncomplete() {
        return incomplete.get();
    }

    /// Whether a failure holds back deletes.
    public boolean holdsDeletes() {
        return holdsDeletes.get();
    }

    /// Whether nothing failed and nobody stopped the run.
    public boolean isClean() {
        return failed.sum() == 0 && !aborted.get();
    }

    /// Whether a guard spoke.
    public boolean isRefused() {
        synchronized (refusals) {
            return !refusals.isEmpty();
        }
    }

    /// What happened up to now.
    ///
    /// @param requests calls that reached the storages
    public Report report(Map<Verb, Long> requests) {
        List<String> warned = new ArrayList<>();
        if (special.sum() > 0) {
            warned.add(Counted.of(special.sum(), "link or special file was", "links and special files were")
                    + " left alone");
        }
        synchronized (warnings) {
            warned.addAll(warnings);
        }
        List<Report.Failure> told;
        synchronized (failures) {
            told = List.copyOf(failures);
        }
        String refusal;
        synchronized (refusals) {
            refusal = String.join(" ", refusals);
        }
        return new Report(
                verdict(!refusal.isEmpty(), !warned.isEmpty()),
                transferredFiles.sum(),
                transferredBytes.sum(),
                copied.sum(),
                renamed.sum(),
                deleted.sum(),
                unchanged.sum(),
                skipped.sum(),
                failed.sum(),
                requests,
                told,
                warned,
                refusal);
    }

    private Verdict verdict(boolean refused, boolean warned) {
        if (aborted.get()) {
            return Verdict.ABORTED;
        }
        if (refused) {
            return Verdict.REFUSED;
        }
        if (failed.sum() > 0) {
            return Verdict.FAILED;
        }
        return warned ? Verdict.WARNINGS : Verdict.SUCCESS;
    }
}
