package io.skyferry.app;

import io.skyferry.layers.RetryInterceptor;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Says why nothing goes on, where a storage is waited for that long that somebody may wonder.
final class LongWaits implements RetryInterceptor.Listener {
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Supplier<Logger> log;
    private final LongSupplier nanoTime;
    private final AtomicLong quietUntil;

    /// @param log asked for when there is something to say, as the JDK opens every jar to find one
    LongWaits(Supplier<Logger> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.quietUntil = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public void waiting(StorageException failure, Duration wait) {
        log.get()
                .log(
                        isWorthTelling(failure, wait) ? Level.WARNING : Level.DEBUG,
                        () -> "%s: %s. Trying again in %s s"
                                .formatted(
                                        failure.where().storage(),
                                        failure.getMessage(),
                                        Math.max(1, wait.toSeconds())));
    }

    /// A call that ran out of time was long, however soon it is tried again. Many calls wait at once for one and the
    /// same thing.
    private boolean isWorthTelling(StorageException failure, Duration wait) {
        long now = nanoTime.getAsLong();
        long until = quietUntil.get();
        boolean isLong = wait.compareTo(LONG) >= 0 || failure.kind() == ErrorKind.TIMEOUT;
        return isLong && now - until >= 0 && quietUntil.compareAndSet(until, now + SILENCE.toNanos());
    }
}
