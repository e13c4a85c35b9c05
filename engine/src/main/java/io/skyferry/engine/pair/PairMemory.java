package io.skyferry.engine.pair;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What is remembered of a pair of roots, while this process alone may work on the pair.
///
/// Safe for many threads. What [#put], [#forget], [#believeFlushed], [#believeRows], [#skip], [#endSkip] and
/// [#putCursor] write goes out in groups and may be lost in a crash, which makes the next run look again; roots and
/// everything about unfinished uploads and intents are on the medium when the call returns. What is lost is always
/// the end of the history: who finds one write finds all that came before it. Reads see all that this process wrote.
///
/// Failures are [PairMemoryException]; one that a group met is thrown by the next call. Calls after [#close] are
/// refused with [IllegalStateException].
public interface PairMemory extends AutoCloseable {
    /// What was found when it was opened.
    Standing standing();

    /// What was found when a memory was opened.
    sealed interface Standing {
        /// A memory of earlier runs.
        record Known() implements Standing {}

        /// Nothing is agreed on: the pair is new here, or no run came as far as its first row.
        record New() implements Standing {}

        /// An older copy of the memory was put in the place of a newer one.
        ///
        /// Its rows were true once. Equal tags still mean equal content, but a row no longer proves that
        /// what is absent on one side was deleted there: it may have been made anew on the other since.
        /// It stays so until a run says [#believeRows].
        ///
        /// @param reason what was found, for the user
        record RolledBack(String reason) implements Standing {}

        /// A memory that could not be believed; it was put aside, and the pair is as good as new.
        ///
        /// @param reason what was wrong with it, for the user
        record Replaced(String reason) implements Standing {}
    }

    /// The roots as the last run saw them; empty for a new pair.
    Optional<Roots> roots();

    /// Writes down the roots that a run works on.
    void putRoots(Roots roots);

    /// All rows, in the order of their keys. To be closed.
    ///
    /// Rows written before the call are in it; those written since are in it as the reading ahead finds them.
    Rows agreed();

    /// Rows in order; may be read ahead.
    interface Rows extends Iterator<Agreed>, AutoCloseable {
        @Override
        void close();
    }

    /// The row of a key.
    Optional<Agreed> agreedAt(PairKey key);

    /// Rows that have this identity on a side, in the order of their keys: where a new path may have been
    /// renamed from.
    List<Agreed> agreedAs(Side side, ItemId id);

    /// How many rows of files there are.
    long agreedFiles();

    /// Writes a row, with the next group.
    void put(Agreed row);

    /// Removes a row, with the next group.
    void forget(PairKey key);

    /// Says that what was written up to now has reached the medium: no row is unflushed any more.
    ///
    /// Nothing may be put between the flush and this call.
    void believeFlushed();

    /// Says that a run has gone through all rows of a memory that was [Standing.RolledBack], and mended them.
    void believeRows();

    /// Writes the group that is waiting, so that it outlives this process.
    ///
    /// @throws PairMemoryException also if the memory was removed or replaced while it is open
    void settle();

    /// The unfinished upload of a path.
    Optional<Unfinished> unfinishedAt(Side side, RelPath path);

    /// All unfinished uploads, by side and path.
    List<Unfinished> unfinished();

    /// Stores an upload that was begun, with its promises and parts; one that is there already is replaced.
    void begin(Unfinished unfinished);

    /// Stores what a part will be made of.
    ///
    /// @throws IllegalStateException if there is no unfinished upload of the path
    void promise(Side side, RelPath path, int number, String promise);

    /// Stores that a part arrived.
    ///
    /// @throws IllegalStateException if there is no unfinished upload of the path
    void arrived(Side side, RelPath path, Part part);

    /// Removes an upload that was finished or abandoned.
    void end(Side side, RelPath path);

    /// Stores, before an upload is begun, which unfinished ones of that key are there already.
    void intend(Side side, RelPath path, List<String> pendingIds);

    /// The ids that an intent saw; empty: there is no intent.
    Optional<List<String>> intent(Side side, RelPath path);

    /// The paths of a side that have an intent, in their order.
    List<RelPath> intended(Side side);

    /// Removes an intent.
    void endIntent(Side side, RelPath path);

    /// Writes down why an entry is not kept in step.
    void skip(Skip skip);

    /// Why an entry is not kept in step.
    Optional<Skip> skipped(Side side, RelPath path);

    /// Removes a skip.
    void endSkip(Side side, RelPath path);

    /// A position in a feed.
    Optional<String> cursor(String feed);

    /// Stores a position in a feed.
    void putCursor(String feed, String position);

    /// Writes what is waiting and lets the pair go, the latter also when the former fails.
    @Override
    void close();
}
