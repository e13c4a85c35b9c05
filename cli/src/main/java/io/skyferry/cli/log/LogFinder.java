package io.skyferry.cli.log;

import java.lang.System.Logger;
import java.lang.System.LoggerFinder;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Gives the JDK's `System.Logger` to all modules: what they say goes to the log of this process.
public final class LogFinder extends LoggerFinder {
    /// Called by the JDK.
    public LogFinder() {}

    @Override
    public Logger getLogger(String name, Module module) {
        return new LineLogger(name);
    }

    /// A logger that writes one line for each thing said.
    private record LineLogger(String name) implements Logger {
        private static final String OURS = "io.skyferry";

        @Override
        public String getName() {
            return name;
        }

        /// The JDK and libraries are heard only where they complain.
        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF
                    && (name.startsWith(OURS) || level.getSeverity() >= Level.WARNING.getSeverity())
                    && Logs.tells(LogLevel.of(level));
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable why) {
            if (isLoggable(level)) {
                Logs.tell(LogLevel.of(level), why == null ? String.valueOf(text) : text + ": " + why);
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            if (isLoggable(level)) {
                String text = String.valueOf(format);
                boolean hasPlaces = values != null && values.length > 0;
                Logs.tell(LogLevel.of(level), hasPlaces ? MessageFormat.format(text, values) : text);
            }
        }
    }
}
