package io.skyferry.cli.log;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The log of this process: the one place where lines of the JDK's loggers meet the log that a command chose.
public final class Logs {
    private static final AtomicReference<@Nullable Log> CHOSEN = new AtomicReference<>();

    private Logs() {}

    /// Sends what loggers say to this log from now on.
    public static void choose(Log log) {
        CHOSEN.set(log);
    }

    static boolean tells(LogLevel level) {
        Log log = CHOSEN.get();
        return log != null && log.tells(level);
    }

    static void tell(LogLevel level, String text) {
        Log log = CHOSEN.get();
        if (log != null) {
            log.tell(level, text);
        }
    }
}
