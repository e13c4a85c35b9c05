package io.skyferry.engine.execute;

import io.skyferry.storage.CancelledException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Threads of the run's own, made when they are first needed.
///
/// Which kind is the caller's choice: a disk call holds on to its carrier, so runs that touch a disk want platform
/// threads; a dead mount then stops its own runs and nothing else.
public final class ThreadWorkers implements Workers {
    private final ThreadFactory threads;

    /// Workers on threads of this kind.
    public ThreadWorkers(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public Lanes lanes(String name, int count) {
        return new ThreadLanes(name, count);
    }

    @Override
    public <T> Ahead<T> ahead(String name, Iterator<T> items, int depth) {
        return new Fetched<>(name, items, depth);
    }

    private Thread start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
        return thread;
    }

    /// Waits on a monitor, as the one place where an interrupt becomes a cancellation.
    private static void waitOn(Object monitor, String doing) {
        try {
            monitor.wait();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            var cancelled = new CancelledException(doing);
            cancelled.addSuppressed(interrupt);
            throw cancelled;
        }
    }

    private final class ThreadLanes implements Lanes {
        private final String name;
        private final int count;
        private final int capacity;
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private final List<Thread> lanes = new ArrayList<>();
        private int idle;
        private int busy;
        private boolean closed;
        private @Nullable RuntimeException trouble;
        private @Nullable Error worse;

        ThreadLanes(String name, int count) {
            this.name = name;
            this.count = count;
            this.capacity = Math.max(256, count * 4);
        }

        @Override
        public synchronized void submit(Runnable work) {
            while (waiting.size() >= capacity && !closed && trouble == null && worse == null) {
                waitOn(this, "waiting for a free lane");
            }
            throwTrouble();
            if (closed) {
                throw new CancelledException("handing out work");
            }
            waiting.add(work);
            if (idle == 0 && lanes.size() < count) {
                lanes.add(start(name + "-" + (lanes.size() + 1), this::work));
            } else {
                notifyAll();
            }
        }

        private void work() {
            while (true) {
                Runnable next = take();
                if (next == null) {
                    return;
                }
                try {
                    next.run();
                } catch (RuntimeException failure) {
                    fail(failure, null);
                } catch (Error failure) {
                    fail(null, failure);
                } finally {
                    done();
                }
            }
        }

        private synchronized @Nullable Runnable take() {
            idle++;
            while (waiting.isEmpty() && !closed) {
                waitOn(this, "waiting for work");
            }
            idle--;
            Runnable next = closed ? null : waiting.poll();
            if (next != null) {
                busy++;
                notifyAll();
            }
            return next;
        }

        private synchronized void fail(@Nullable RuntimeException failure, @Nullable Error error) {
            if (trouble == null && worse == null) {
                trouble = failure;
                worse = error;
            }
        }

        private synchronized void done() {
            busy--;
            notifyAll();
        }

        private void throwTrouble() {
            if (worse != null) {
                throw worse;
            }
            if (trouble != null) {
                throw trouble;
            }
        }

        @Override
        public synchronized void await() {
            while ((busy > 0 || !waiting.isEmpty()) && !closed) {
                waitOn(this, "waiting for work to end");
            }
            throwTrouble();
        }

        @Override
        public void close() {
            List<Thread> ending;
            synchronized (this) {
                closed = true;
                waiting.clear();
                notifyAll();
                ending = List.copyOf(lanes);
            }
            ending.forEach(ThreadWorkers::join);
        }
    }

    /// Waits for the end of a thread that was told to end, whatever interrupts come.
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Fetched<T> implements Ahead<T> {
        private final Iterator<T> items;
        private final int depth;
        private final ArrayDeque<T> ready = new ArrayDeque<>();
        private final Thread fetcher;
        private boolean ended;
        private boolean closed;
        private @Nullable RuntimeException trouble;
        private @Nullable Error worse;

        Fetched(String name, Iterator<T> items, int depth) {
            this.items = items;
            this.depth = depth;
            this.fetcher = start(name, this::fetch);
        }

        private void fetch() {
            try {
                while (items.hasNext() && offer(items.next())) {
                    // The next one.
                }
                end(null, null);
            } catch (RuntimeException failure) {
                end(failure, null);
            } catch (Error failure) {
                end(null, failure);
            }
        }

        private synchronized boolean offer(T item) {
            while (ready.size() >= depth && !closed) {
                waitOn(this, "reading ahead");
            }
            ready.add(item);
            notifyAll();
            return !closed;
        }

        private synchronized void end(@Nullable RuntimeException failure, @Nullable Error error) {
            ended = true;
            trouble = failure;
            worse = error;
            notifyAll();
        }

        @Override
        public synchronized boolean hasNext() {
            while (ready.isEmpty() && !ended) {
                waitOn(this, "waiting for a listing");
            }
            if (!ready.isEmpty()) {
                return true;
            }
            if (worse != null) {
                throw worse;
            }
            if (trouble != null) {
                throw trouble;
            }
            return false;
        }

        @Override
        public synchronized T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T item = ready.remove();
            notifyAll();
            return item;
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
                notifyAll();
            }
            join(fetcher);
        }
    }
}
