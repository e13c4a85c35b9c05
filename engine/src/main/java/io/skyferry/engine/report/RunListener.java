package io.skyferry.engine.report;

/// Hears what happens in a run, from many threads; returns soon and never throws.
@FunctionalInterface
public interface RunListener {
    /// Told of one event.
    void on(RunEvent event);
}
