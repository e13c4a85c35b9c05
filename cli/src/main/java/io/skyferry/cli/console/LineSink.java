package io.skyferry.cli.console;

/// Takes whole lines, from many threads.
@FunctionalInterface
public interface LineSink {
    /// Shows one line; the text brings no line end.
    void line(String text);
}
