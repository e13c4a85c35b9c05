package io.skyferry.cli.log;

import java.lang.System.Logger.Level;

/// How much is told. The names are rclone's.
public enum LogLevel {
    /// Everything, each decision with its reason.
    DEBUG,
    /// What was done to each file.
    INFO,
    /// What the user should know.
    NOTICE,
    /// Failures alone.
    ERROR;

    /// Whether a line of this level is told where the threshold is the other.
    public boolean isToldAt(LogLevel threshold) {
        return compareTo(threshold) >= 0;
    }

    /// The level that the JDK's is here.
    public static LogLevel of(Level level) {
        return switch (level) {
            case ALL, TRACE, DEBUG -> DEBUG;
            case INFO -> INFO;
            case WARNING -> NOTICE;
            case ERROR, OFF -> ERROR;
        };
    }
}
