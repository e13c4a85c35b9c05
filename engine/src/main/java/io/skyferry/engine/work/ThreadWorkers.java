package io.skyferry.engine.work;

import io.skyferry.storage.CancelledException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /// Waits, as the one place of the engine where an interrupt becomes a cancellation.
    private static void awaitWhile(BooleanSupplier blocked, Condition condition, String doing) {
        try {
            while (blocked.getAsBoolean()) {
                condition.await();
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            var cancelled = new CancelledException(doing);
            cancelled.addSuppressed(interrupt);
            throw cancelled;
        }
    }

    /// The first thing that went wrong on a thread, kept until the caller can be told.
    private static final class Trouble {
        private @Nullable Throwable first;

        void keep(Throwable failure) {
            if (first == null) {
                first = failure;
            }
        }

        boolean isKept() {
            return first != null;
        }

        void tell() {
            if (first instanceof RuntimeException failure) {
                throw failure;
            }
            if (first instanceof Error failure) {
                throw failure;
            }
            if (first != null) {
                throw new IllegalStateException("A checked exception left a piece of work", first);
            }
        }
    }

    private final class ThreadLanes implements Lanes {
        private final String name;
        private final int count;
        private final int capacity;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition filled = lock.newCondition();
        private final Condition taken = lock.newCondition();
        private final Condition quiet = lock.newCondition();
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private final List<Group> groups = new ArrayList<>();
        private final List<Thread> lanes = new ArrayList<>();
        private final Trouble trouble = new Trouble();
        private int idle;
        private int busy;
        private boolean closed;

        ThreadLanes(String name, int count) {
            this.name = name;
            this.count = count;
            this.capacity = Math.max(256, count * 4);
        }

        @Override
        public void submit(Runnable work) {
            lock.lock();
            try {
                awaitWhile(
                        () -> waiting.size() >= capacity && !closed && !trouble.isKept(),
                        taken,
                        "waiting for a free lane");
                trouble.tell();
                if (closed) {
                    throw new CancelledException("handing out work");
                }
                waiting.add(work);
                if (waiting.size() > idle && lanes.size() < count) {
                    lanes.add(start(name + "-" + (lanes.size() + 1), this::work));
                } else {
                    filled.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public <T> void together(List<T> items, Consumer<T> work) {
            var group = new Group();
            items.forEach(item -> group.waiting.add(() -> work.accept(item)));
            lock.lock();
            try {
                groups.add(group);
                for (int more = items.size() - idle; more > 0 && lanes.size() < count; more--) {
                    lanes.add(start(name + "-" + (lanes.size() + 1), this::work));
                }
                filled.signalAll();
                group.await();
            } finally {
                groups.remove(group);
                lock.unlock();
            }
        }

        /// Pieces of work whose end somebody waits for. All is read and written under the lock.
        private final class Group {
            private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
            private final Trouble inGroup = new Trouble();
            private int running;

            Runnable take() {
                running++;
                Runnable piece = waiting.remove();
                return () -> end(ThreadLanes.run(piece));
            }

            private void end(@Nullable Throwable failure) {
                lock.lock();
                try {
                    running--;
                    if (failure != null) {
                        inGroup.keep(failure);
                        waiting.clear();
                    }
                    quiet.signalAll();
                } finally {
                    lock.unlock();
                }
            }

            void await() {
                awaitWhile(() -> running > 0 || (!waiting.isEmpty() && !closed), quiet, "waiting for pieces of work");
                inGroup.tell();
                if (!waiting.isEmpty()) {
                    throw new CancelledException("waiting for pieces of work");
                }
            }
        }

        /// What a free lane does next. The group that has the fewest lanes comes first, and of several the one that was
        /// served longest ago, so that a large file that came early leaves room for those behind it.
        private @Nullable Runnable poll() {
            Runnable single = waiting.poll();
            if (single != null) {
                return single;
            }
            Group next = groups.stream()
                    .filter(group -> !group.waiting.isEmpty())
                    .min(Comparator.comparingInt(group -> group.running))
                    .orElse(null);
            if (next == null) {
                return null;
            }
            groups.remove(next);
            groups.addLast(next);
            return next.take();
        }

        private boolean hasWork() {
            return !waiting.isEmpty() || groups.stream().anyMatch(group -> !group.waiting.isEmpty());
        }

        private void work() {
            try {
                Runnable next = take();
                while (next != null) {
                    Throwable failure = run(next);
                    next = takeAfter(failure);
                }
            } catch (CancelledException interrupted) {
                // A lane that is stopped while it has nothing to do ends; who hands out work next is told.
                end(interrupted);
            }
        }

        private void end(CancelledException interrupted) {
            lock.lock();
            try {
                trouble.keep(interrupted);
                taken.signalAll();
                quiet.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private static @Nullable Throwable run(Runnable work) {
            try {
                work.run();
                return null;
            } catch (RuntimeException | Error failure) {
                return failure;
            }
        }

        private @Nullable Runnable takeAfter(@Nullable Throwable failure) {
            lock.lock();
            try {
                busy--;
                if (failure != null) {
                    trouble.keep(failure);
                    taken.signalAll();
                }
                if (busy == 0 && waiting.isEmpty()) {
                    quiet.signalAll();
                }
                return take();
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Runnable take() {
            lock.lock();
            try {
                idle++;
                try {
                    awaitWhile(() -> !hasWork() && !closed, filled, "waiting for work");
                } finally {
                    idle--;
                }
                Runnable next = closed ? null : poll();
                if (next != null) {
                    busy++;
                    taken.signal();
                }
                return next;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void await() {
            lock.lock();
            try {
                awaitWhile(() -> (busy > 0 || !waiting.isEmpty()) && !closed, quiet, "waiting for work to end");
                trouble.tell();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            List<Thread> ending;
            lock.lock();
            try {
                closed = true;
                waiting.clear();
                filled.signalAll();
                taken.signalAll();
                quiet.signalAll();
                ending = List.copyOf(lanes);
            } finally {
                lock.unlock();
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
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition filled = lock.newCondition();
        private final Condition taken = lock.newCondition();
        private final ArrayDeque<T> ready = new ArrayDeque<>();
        private final Trouble trouble = new Trouble();
        private final Thread fetcher;
        private boolean ended;
        private boolean closed;

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
                end(null);
            } catch (RuntimeException | Error failure) {
                end(failure);
            }
        }

        private boolean offer(T item) {
            lock.lock();
            try {
                awaitWhile(() -> ready.size() >= depth && !closed, taken, "reading ahead");
                ready.add(item);
                filled.signal();
                return !closed;
            } finally {
                lock.unlock();
            }
        }

        private void end(@Nullable Throwable failure) {
            lock.lock();
            try {
                ended = true;
                if (failure != null) {
                    trouble.keep(failure);
                }
                filled.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean hasNext() {
            lock.lock();
            try {
                awaitWhile(() -> ready.isEmpty() && !ended, filled, "waiting for a listing");
                if (!ready.isEmpty()) {
                    return true;
                }
                trouble.tell();
                return false;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public T next() {
            lock.lock();
            try {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                T item = ready.remove();
                taken.signal();
                return item;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                taken.signal();
            } finally {
                lock.unlock();
            }
            join(fetcher);
        }
    }
}
