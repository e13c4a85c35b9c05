package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keys that end after a while: fetched when they are first wanted, and again shortly before their end.
public final class Renewed implements Credentials {
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final Source source;
    private final InstantSource clock;
    private final Runnable closing;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Access held;

    /// Fetches a key.
    public interface Source {
        /// A key that has just been given out.
        ///
        /// @throws MissingException if there is none
        Access fetch();
    }

    /// @param closing what is to be closed at the end
    public Renewed(Source source, InstantSource clock, Runnable closing) {
        this.source = source;
        this.clock = clock;
        this.closing = closing;
    }

    @Override
    public Access access() {
        lock.lock();
        try {
            Access known = held;
            if (known == null || endsSoon(known)) {
                known = source.fetch();
                held = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private boolean endsSoon(Access access) {
        return access.until()
                .map(end -> clock.instant().plus(EARLY).isAfter(end))
                .orElse(false);
    }

    @Override
    public boolean renewed(Access refused) {
        lock.lock();
        try {
            if (refused.equals(held)) {
                held = source.fetch();
            }
            return !refused.equals(held);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
