package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongWaitsTest {
    private final List<String> told = new ArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final LongWaits waits = new LongWaits(Told::new, nanoTime::get);

    private final class Told implements System.Logger {
        @Override
        public String getName() {
            return "told";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level == Level.WARNING;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable why) {
            if (isLoggable(level)) {
                told.add(text);
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Object... values) {
            if (isLoggable(level)) {
                told.add(text);
            }
        }
    }

    private void waiting(Duration wait) {
        waiting(ErrorKind.UNAVAILABLE, "The server answered 503", wait);
    }

    private void waiting(ErrorKind kind, String message, Duration wait) {
        var where = new StorageException.Where("s3:bucket", Verb.LIST, RelPath.ROOT);
        waits.waiting(StorageException.noEffect(kind, where, message), wait);
    }

    @Test
    void longWaitIsToldWithItsReason() {
        waiting(Duration.ofSeconds(4));

        assertThat(told).containsExactly("s3:bucket: The server answered 503. Trying again in 4 s");
    }

    @Test
    void shortOneIsNot() {
        waiting(Duration.ofMillis(900));

        assertThat(told).isEmpty();
    }

    @Test
    void callThatRanOutOfTimeIsToldHoweverSoonItIsTriedAgain() {
        waiting(ErrorKind.TIMEOUT, "Want progress within 300 s but had none", Duration.ofMillis(100));

        assertThat(told).containsExactly("s3:bucket: Want progress within 300 s but had none. Trying again in 1 s");
    }

    @Test
    void manyAtOnceAreToldOnce() {
        waiting(Duration.ofSeconds(4));
        nanoTime.addAndGet(Duration.ofSeconds(9).toNanos());
        waiting(Duration.ofSeconds(30));
        assertThat(told).hasSize(1);

        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        waiting(Duration.ofSeconds(30));
        assertThat(told).hasSize(2);
    }
}
