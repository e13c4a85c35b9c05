package io.skyferry.server.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// A logger of the HTTP server: warnings and errors pass, the rest is never even put into words.
final class ServerLog extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    ServerLog(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        System.Logger.Level ours = level == Level.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING;
        // Asked for here and not before: the first one looks through every jar, which commands that only copy never
        // need.
        System.getLogger(name).log(ours, () -> text, cause);
    }
}
