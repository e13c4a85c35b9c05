package io.skyferry.engine.work;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// The caller does everything itself, one thing after another: the same order in every run.
public final class InlineWorkers implements Workers {
    @Override
    public Lanes lanes(String name, int count) {
        return new Inline();
    }

    @Override
    public <T> Ahead<T> ahead(String name, Iterator<T> items, int depth) {
        return new AsAsked<>(items);
    }

    private static final class Inline implements Lanes {
        @Override
        public void submit(Runnable work) {
            work.run();
        }

        @Override
        public <T> void together(List<T> items, Consumer<T> work) {
            items.forEach(work);
        }

        @Override
        public void await() {
            // Everything was done when it was submitted.
        }

        @Override
        public void close() {
            // Nothing runs on its own.
        }
    }

    private record AsAsked<T>(Iterator<T> items) implements Ahead<T> {
        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public T next() {
            return items.next();
        }

        @Override
        public void close() {
            // Nothing was fetched ahead.
        }
    }
}
