package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.work.Lanes;
import io.skyferry.storage.Entry;
import java.util.Optional;

/// What becomes of steps: they are done, or only told. Called from many threads.
public interface Effects {
    /// Brings a file's bytes over.
    void transfer(Step.Transfer step);

    /// Makes a file of one that another place at the target has.
    void copy(Step.CopyAtTarget step, OneWayRun.Reference from);

    /// Moves a file at the target.
    ///
    /// @return whether it was moved; else its bytes are to be brought over
    boolean rename(Step.Rename step);

    /// A file is in step.
    ///
    /// @param by what showed it
    /// @param hash in our own kind, where it is known
    void inStep(Entry.File source, Entry.File target, Judgement.By by, Optional<String> hash);

    /// Sets a time.
    void setTime(Step.SetTime step, Optional<String> hash);

    /// Makes a directory.
    void make(Step.MakeDirectory step);

    /// The memory's row of a key is about nothing any more.
    void forget(String key);

    /// An entry cannot be kept in step.
    ///
    /// @param side where the entry is
    void skip(Side side, Entry entry, String reason);

    /// All transfers were done: what had to wait for them.
    void afterTransfers();

    /// Deletes that no guard held back.
    void deletes(LaterDeletes deletes, Lanes lanes);

    /// What the deletes made room for, and the end.
    void afterDeletes(boolean complete);
}
