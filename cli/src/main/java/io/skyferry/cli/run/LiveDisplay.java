package io.skyferry.cli.run;

import io.skyferry.cli.console.Output;
import io.skyferry.cli.console.TerminalSize;
import java.util.ArrayList;
import java.util.List;

/// A block of lines at the foot of a terminal that is drawn over and over; lines of the log scroll away above it.
///
/// Source: ECMA-48, the control functions CUU (cursor up) and ED (erase in page).
final class LiveDisplay implements Display {
    private static final String ERASE_BELOW = "\u001b[J";

    private final Output out;
    private final TerminalSize size;
    private List<String> block = List.of();

    LiveDisplay(Output out, TerminalSize size) {
        this.out = out;
        this.size = size;
    }

    @Override
    public synchronized void show(StatsText.Look look) {
        List<String> next = new ArrayList<>(StatsText.block(look, size.columns(), size.rows() - 2));
        out.text(toTop() + String.join("\n", next) + "\n");
        out.flush();
        block = next;
    }

    @Override
    public synchronized void line(String text) {
        out.text(toTop() + text + "\n" + String.join("\n", block) + (block.isEmpty() ? "" : "\n"));
        out.flush();
    }

    @Override
    public synchronized void close() {
        out.text(toTop());
        out.flush();
        block = List.of();
    }

    private String toTop() {
        return block.isEmpty() ? "" : "\u001b[%sA\r%s".formatted(block.size(), ERASE_BELOW);
    }
}
