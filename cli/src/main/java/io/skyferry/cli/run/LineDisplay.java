package io.skyferry.cli.run;

import io.skyferry.cli.console.Output;

/// One line for each moment, for output that is kept.
final class LineDisplay implements Display {
    private final Output out;

    LineDisplay(Output out) {
        this.out = out;
    }

    @Override
    public void show(StatsText.Look look) {
        line(StatsText.line(look));
    }

    @Override
    public void line(String text) {
        out.line(text);
        out.flush();
    }

    @Override
    public void close() {
        // What was said stays true.
    }
}
