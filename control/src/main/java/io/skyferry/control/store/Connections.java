package io.skyferry.control.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// A few kept connections to a server. One that failed is dropped; one that has rested is asked whether
/// it still lives.
final class Connections implements AutoCloseable {
    private static final int MOST = 8;
    private static final Duration RESTED = Duration.ofSeconds(30);
    private static final int ALIVE_WITHIN_SECONDS = 3;

    private final String url;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Kept> kept = new ArrayDeque<>();

    private record Kept(Connection connection, Instant since) {}

    /// What is done with a connection.
    @FunctionalInterface
    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    Connections(String url, InstantSource clock) {
        this.url = url;
        this.clock = clock;
    }

    /// Lends a connection inside a transaction, which the use commits; otherwise it is rolled back.
    <T> T use(Use<T> use) throws SQLException {
        free.acquireUninterruptibly();
        try {
            Connection connection = kept();
            boolean well = false;
            try {
                T result = use.of(connection);
                well = true;
                return result;
            } finally {
                giveBack(connection, well);
            }
        } finally {
            free.release();
        }
    }

    private Connection kept() throws SQLException {
        while (true) {
            Optional<Kept> next = poll();
            if (next.isEmpty()) {
                Connection connection = DriverManager.getConnection(url);
                connection.setAutoCommit(false);
                return connection;
            }
            Kept one = next.orElseThrow();
            boolean fresh = one.since().plus(RESTED).isAfter(clock.instant());
            if (fresh || one.connection().isValid(ALIVE_WITHIN_SECONDS)) {
                return one.connection();
            }
            drop(one.connection());
        }
    }

    private synchronized Optional<Kept> poll() {
        return Optional.ofNullable(kept.pollFirst());
    }

    private void giveBack(Connection connection, boolean well) {
        try {
            if (!well) {
                connection.rollback();
            }
            synchronized (this) {
                kept.addFirst(new Kept(connection, clock.instant()));
            }
        } catch (SQLException lost) {
            // The server rolls back by itself what a lost connection had begun.
            drop(connection);
        }
    }

    private static void drop(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            System.getLogger(Connections.class.getName())
                    .log(System.Logger.Level.DEBUG, "A connection is lost", failure);
        }
    }

    @Override
    public synchronized void close() {
        kept.forEach(one -> drop(one.connection()));
        kept.clear();
    }
}
