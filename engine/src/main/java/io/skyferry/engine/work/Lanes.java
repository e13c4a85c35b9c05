package io.skyferry.engine.work;

import java.util.List;
import java.util.function.Consumer;

/// Does pieces of work, several at a time; a fast producer waits until a lane is free.
public interface Lanes extends AutoCloseable {
    /// Does the work as soon as a lane is free; waits where too much is waiting already.
    ///
    /// What the work throws comes out of [#await].
    void submit(Runnable work);

    /// Does one piece of work for each item and waits for them all. May be called from a lane of other lanes.
    ///
    /// @throws RuntimeException the first one that a piece of work threw; the pieces behind it are not begun
    <T> void together(List<T> items, Consumer<T> work);

    /// Waits until all work that was submitted is done.
    ///
    /// @throws RuntimeException the first one that a piece of work threw
    void await();

    /// Ends the lanes when the work that was begun is done; what waits is dropped.
    @Override
    void close();
}
