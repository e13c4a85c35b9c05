package io.skyferry.engine.work;

/// Does pieces of work, several at a time; a fast producer waits until a lane is free.
public interface Lanes extends AutoCloseable {
    /// Does the work as soon as a lane is free; waits where too much is waiting already.
    ///
    /// What the work throws comes out of [#await].
    void submit(Runnable work);

    /// Waits until all work that was submitted is done.
    ///
    /// @throws RuntimeException the first one that a piece of work threw
    void await();

    /// Ends the lanes when the work that was begun is done; what waits is dropped.
    @Override
    void close();
}
