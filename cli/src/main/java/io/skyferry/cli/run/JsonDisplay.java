package io.skyferry.cli.run;

import io.skyferry.cli.console.Output;

/// One event for each moment; lines of the log stay on standard error.
final class JsonDisplay implements Display {
    private final JsonEvents events;
    private final Output log;

    JsonDisplay(JsonEvents events, Output log) {
        this.events = events;
        this.log = log;
    }

    @Override
    public void show(StatsText.Look look) {
        events.progress(look.now());
    }

    @Override
    public void line(String text) {
        log.line(text);
        log.flush();
    }

    @Override
    public void close() {
        // What was said stays true.
    }
}
