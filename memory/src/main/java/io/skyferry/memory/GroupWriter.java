package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemoryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers writes and lets them go out in groups, in the order in which they came.
///
/// The first group that fails is the last: nothing may be found later without what came before it.
final class GroupWriter implements AutoCloseable {
    /// So many groups may wait before those who write must.
    private static final int GROUPS_WAITING = 2;

    private final DatabaseThread thread;
    private final Tables tables;
    private final Tuning tuning;
    private final Failures failures;
    private final Runnable check;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private Group waiting = new Group();
    private Optional<Group> leaving = Optional.empty();
    private boolean called;
    private @Nullable PairMemoryException failure;
    private boolean told;
    private boolean closed;

    /// Writes into these tables on this thread, and closes both at the end.
    ///
    /// @param check looks, before a group goes out, whether the files are still those that were opened
    GroupWriter(DatabaseThread thread, Tables tables, Tuning tuning, Failures failures, Runnable check) {
        this.thread = thread;
        this.tables = tables;
        this.tuning = tuning;
        this.failures = failures;
        this.check = check;
    }

    /// Something to be added to the group that waits.
    interface Addition {
        void to(Group group);
    }

    /// Adds to the group that waits; comes back at once unless too much is waiting.
    void later(Addition addition) {
        lock.lock();
        try {
            requireUsable();
            while (waiting.size() >= GROUPS_WAITING * tuning.groupRows()) {
                taken.awaitUninterruptibly();
                requireUsable();
            }
            boolean first = waiting.isEmpty();
            addition.to(waiting);
            if (waiting.size() >= tuning.groupRows() && !called) {
                called = true;
                var _ = thread.run(this::letGo);
            } else if (first) {
                thread.runAfter(tuning.groupAge(), this::letGo);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes all that waits and this, and comes back when it is on the medium.
    void now(Tables.Write write) {
        lock.lock();
        try {
            requireUsable();
            waiting.addDurable(write);
        } finally {
            lock.unlock();
        }
        settle();
    }

    /// Comes back when all that waits is out.
    void settle() {
        requireOpen();
        thread.run(this::letGo).join();
        requireOpen();
    }

    /// On the thread: lets the group go that waits.
    private void letGo() {
        Group group = take();
        try {
            check.run();
            if (!group.isEmpty()) {
                tables.writeGroup(group.writes(), group.durability());
            }
        } catch (SQLException | RuntimeException | Error problem) {
            fail(problem);
        } finally {
            isOut();
        }
    }

    private Group take() {
        lock.lock();
        try {
            Group group = waiting;
            if (failure != null || group.isEmpty()) {
                return new Group();
            }
            waiting = new Group();
            leaving = Optional.of(group);
            called = false;
            taken.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable problem) {
        lock.lock();
        try {
            if (failure == null) {
                failure = failures.of(problem);
                taken.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void isOut() {
        lock.lock();
        try {
            leaving = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Goes on only while what was written can be read again.
    void requireOpen() {
        lock.lock();
        try {
            requireUsable();
        } finally {
            lock.unlock();
        }
    }

    /// Whether something was lost.
    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("Want an open memory but have a closed one");
        }
        if (failure != null) {
            told = true;
            throw new PairMemoryException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /// What the groups that are not out yet say, the newest one first.
    <T> Optional<T> unwritten(Function<Group, Optional<T>> question) {
        lock.lock();
        try {
            requireUsable();
            Optional<T> newest = question.apply(waiting);
            return newest.isPresent() ? newest : leaving.flatMap(question);
        } finally {
            lock.unlock();
        }
    }

    /// The groups that are not out yet, the oldest one first; to be looked at by [#look].
    List<Group> unwritten() {
        lock.lock();
        try {
            requireUsable();
            var groups = new ArrayList<Group>();
            leaving.ifPresent(groups::add);
            groups.add(waiting);
            return groups;
        } finally {
            lock.unlock();
        }
    }

    /// Looks at groups while nothing is added to any.
    <T> T look(List<Group> groups, Function<List<Group>, T> question) {
        lock.lock();
        try {
            return question.apply(groups);
        } finally {
            lock.unlock();
        }
    }

    /// Lets all that waits go out, then ends the connection and the thread.
    ///
    /// @throws PairMemoryException if something was lost and nobody was told yet
    @Override
    public void close() {
        Optional<PairMemoryException> untold = end();
        try {
            thread.ask(tables::end).join();
        } catch (CompletionException problem) {
            untold = untold.or(() -> Optional.of(failures.of(problem)));
        } finally {
            thread.close();
        }
        if (untold.isPresent()) {
            throw untold.orElseThrow();
        }
    }

    private Optional<PairMemoryException> end() {
        thread.run(this::letGo).join();
        lock.lock();
        try {
            closed = true;
            return told ? Optional.empty() : Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }
}
