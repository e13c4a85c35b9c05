package io.skyferry.engine.work;

import java.util.Iterator;

/// Who does a run's work: threads of its own, or, in simulated worlds, the caller itself, one thing after another.
public interface Workers {
    /// Workers for so many pieces of work at a time.
    Lanes lanes(String name, int count);

    /// The same items, fetched ahead of their use.
    ///
    /// @param depth how many items may wait
    <T> Ahead<T> ahead(String name, Iterator<T> items, int depth);

    /// Items that may be fetched ahead; closing it drops those that nobody asked for.
    interface Ahead<T> extends Iterator<T>, AutoCloseable {
        @Override
        void close();
    }
}
