package io.skyferry.server.log;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Connects SLF4J, by which Jetty, Javalin and the driver of SQLite log, to `System.Logger`.
public final class ServerLogs implements SLF4JServiceProvider {
    private static final String CHOICE = "slf4j.provider";
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /// As SLF4J makes it.
    public ServerLogs() {}

    /// Names this class to SLF4J, unless another is named already; without a name SLF4J opens every jar to find it.
    public static void choose() {
        if (System.getProperty(CHOICE) == null) {
            System.setProperty(CHOICE, ServerLogs.class.getName());
            // Else it would tell that it was told.
            System.setProperty(VERBOSITY, "WARN");
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, ServerLog::new);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Everything is made when it is asked for.
    }
}
