package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Connections that are kept, the last used first: so few stay in use and the others grow old and go.
final class Pool implements StallWatch.Watched, AutoCloseable {
    private static final long LONG_IDLE = Duration.ofSeconds(1).toNanos();

    private final TransportSettings settings;
    private final StallWatch watch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<Origin, ArrayDeque<Connection>> idle = new HashMap<>();
    private final Set<Connection> open = new HashSet<>();
    private int places;
    private boolean isClosed;

    Pool(TransportSettings settings, StallWatch watch) {
        this.settings = settings;
        this.watch = watch;
        watch.add(this);
    }

    /// Whether a kept connection will do.
    enum Wish {
        /// Also one that was used a moment ago.
        ANY,
        /// Only one that was seen to be open still.
        SURE,
        /// Only a new one.
        NEW
    }

    /// Takes a kept connection, or a place for a new one.
    ///
    /// @return null if the caller is to open one, and then to call [#opened] or [#notOpened]
    @Nullable
    Connection take(Origin origin, Wish wish) throws InterruptedException {
        while (true) {
            Connection kept = wish == Wish.NEW ? null : poll(origin);
            if (kept == null) {
                if (isPlaceTaken(origin, wish)) {
                    return null;
                }
            } else {
                long idleFor = watch.now() - kept.idleSince();
                if (idleFor < settings.keepAlive().toNanos()
                        && kept.isQuiet(wish == Wish.SURE || idleFor > LONG_IDLE)) {
                    return kept;
                }
                end(kept);
            }
        }
    }

    private @Nullable Connection poll(Origin origin) {
        lock.lock();
        try {
            ArrayDeque<Connection> kept = idle.get(origin);
            return kept == null ? null : kept.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a place; false if meanwhile a connection was given back that may do.
    private boolean isPlaceTaken(Origin origin, Wish wish) throws InterruptedException {
        lock.lock();
        try {
            long left = settings.connectTimeout().toNanos();
            while (true) {
                checkOpen();
                if (wish != Wish.NEW && hasIdle(origin)) {
                    return false;
                }
                if (places >= settings.maxConnections()) {
                    evictOne();
                }
                if (places < settings.maxConnections()) {
                    places++;
                    return true;
                }
                if (left <= 0) {
                    throw new HttpException(
                            HttpException.Kind.TIMEOUT,
                            Effect.NONE,
                            "Want one of %s connections but all were in use for %s"
                                    .formatted(settings.maxConnections(), settings.connectTimeout()));
                }
                left = freed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw new HttpException(HttpException.Kind.BROKEN, Effect.NONE, "The transport was closed");
        }
    }

    private boolean hasIdle(Origin origin) {
        ArrayDeque<Connection> kept = idle.get(origin);
        return kept != null && !kept.isEmpty();
    }

    /// Closes a connection that nobody uses, to make room.
    private void evictOne() {
        for (ArrayDeque<Connection> kept : idle.values()) {
            Connection oldest = kept.pollLast();
            if (oldest != null) {
                end(oldest);
                return;
            }
        }
    }

    /// A connection stands for which a place was taken.
    void opened(Connection connection) {
        lock.lock();
        try {
            open.add(connection);
            if (isClosed) {
                connection.abort();
            }
        } finally {
            lock.unlock();
        }
    }

    /// No connection came of a place that was taken.
    void notOpened() {
        lock.lock();
        try {
            places--;
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Keeps a connection for the next.
    void rest(Origin origin, Connection connection) {
        connection.rest(watch.now());
        connection.setPatience(settings.stallTimeout().toNanos());
        lock.lock();
        try {
            if (!isClosed) {
                ArrayDeque<Connection> kept = idle.get(origin);
                if (kept == null) {
                    kept = new ArrayDeque<>();
                    idle.put(origin, kept);
                }
                kept.addFirst(connection);
                freed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        end(connection);
    }

    /// Closes a connection and frees its place.
    void end(Connection connection) {
        connection.abort();
        lock.lock();
        try {
            if (open.remove(connection)) {
                places--;
                freed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Forgets all kept connections to one origin, when one of them turned out to be closed.
    void forget(Origin origin) {
        for (Connection kept = poll(origin); kept != null; kept = poll(origin)) {
            end(kept);
        }
    }

    /// How many connections are open or being opened.
    int places() {
        lock.lock();
        try {
            return places;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long waitingSince() {
        return 0;
    }

    @Override
    public void look(long now) {
        List<Connection> old = new ArrayList<>();
        lock.lock();
        try {
            for (ArrayDeque<Connection> kept : idle.values()) {
                Iterator<Connection> oldestFirst = kept.descendingIterator();
                while (oldestFirst.hasNext()) {
                    Connection one = oldestFirst.next();
                    if (now - one.idleSince() < settings.keepAlive().toNanos()) {
                        break;
                    }
                    oldestFirst.remove();
                    old.add(one);
                }
            }
        } finally {
            lock.unlock();
        }
        old.forEach(this::end);
    }

    @Override
    public void close() {
        List<Connection> all;
        lock.lock();
        try {
            isClosed = true;
            idle.clear();
            all = List.copyOf(open);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        watch.remove(this);
        all.forEach(this::end);
    }
}
