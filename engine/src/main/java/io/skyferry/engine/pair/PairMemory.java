package io.skyferry.engine.pair;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What is remembered of a pair of roots, while this process alone may work on the pair.
///
/// Safe for many threads. Rows of [#put] and [#forget] are written in groups and may be lost in a crash, which makes
/// the next run look again; everything about unfinished uploads and intents is on the medium when the call returns.
/// Failures are [PairMemoryException].
public interface PairMemory extends AutoCloseable {
    /// What was found when it was opened.
    Standing standing();

    /// What was found when a memory was opened.
    sealed interface Standing {
        /// A memory of earlier runs.
        record Known() implements Standing {}

        /// No memory: the pair is new here.
        record New() implements Standing {}

        /// A memory that could not be believed; it was put aside, and the pair is as good as new.
        ///
        /// @param reason what was wrong with it, for the user
        record Replaced(String reason) implements Standing {}
    }

    /// The roots as the last run saw them; empty for a new pair.
    Optional<Roots> roots();

    /// Writes down the roots that a run works on.
    void putRoots(Roots roots);

    /// All rows, in the order of their keys, as they are when the iterator comes to them. To be closed.
    Rows agreed();

    /// Rows in order; may be read ahead.
    interface Rows extends Iterator<Agreed>, AutoCloseable {
        @Override
        void close();
    }

    /// The row of a key.
    Optional<Agreed> agreedAt(PairKey key);

    /// Rows of files that have this identity on a side: where a new path may have been renamed from.
    List<Agreed> agreedAs(Side side, ItemId id);

    /// How many rows of files there are.
    long agreedFiles();

    /// Writes a row, with the next group.
    void put(Agreed row);

    /// Removes a row, with the next group.
    void forget(PairKey key);

    /// Says that what was written up to now has reached the medium: no row is unflushed any more.
    void believeFlushed();

    /// Writes the group that is waiting.
    void settle();

    /// The unfinished upload of a path.
    Optional<Unfinished> unfinishedAt(Side side, RelPath path);

    /// All unfinished uploads.
    List<Unfinished> unfinished();

    /// Stores an upload that was begun.
    void begin(Unfinished unfinished);

    /// Stores what a part will be made of.
    void promise(Side side, RelPath path, int number, String promise);

    /// Stores that a part arrived.
    void arrived(Side side, RelPath path, Part part);

    /// Removes an upload that was finished or abandoned.
    void end(Side side, RelPath path);

    /// Stores, before an upload is begun, which unfinished ones of that key are there already.
    void intend(Side side, RelPath path, List<String> pendingIds);

    /// The ids that an intent saw; empty: there is no intent.
    Optional<List<String>> intent(Side side, RelPath path);

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

    @Override
    void close();
}
