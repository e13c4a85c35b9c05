package io.skyferry.cli.run;

import io.skyferry.cli.console.LineSink;

/// Shows how far a run is, again and again; lines of the log go through it, so that both keep out of each other's way.
interface Display extends LineSink, AutoCloseable {
    /// Shows one moment.
    void show(StatsText.Look look);

    /// Takes away what would not stay true.
    @Override
    void close();
}
