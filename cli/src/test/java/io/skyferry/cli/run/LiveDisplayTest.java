package io.skyferry.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.console.Output;
import io.skyferry.cli.console.TerminalSize;
import io.skyferry.cli.run.StatsText.Look;
import io.skyferry.engine.report.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveDisplay display = new LiveDisplay(
            new Output(bytes, Output.Kind.TERMINAL), new TerminalSize(Map.of("COLUMNS", "60"), System::nanoTime));

    private void show() {
        display.show(new Look(new Progress().snapshot(), 0, Duration.ZERO));
    }

    /// What stands on a terminal after these bytes, as far as we use one.
    private List<String> screen() {
        List<String> lines = new ArrayList<>(List.of(""));
        String text = bytes.toString(StandardCharsets.UTF_8);
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                int end = i + 2;
                while (Character.isDigit(text.charAt(end))) {
                    end++;
                }
                switch (text.charAt(end)) {
                    case 'A' -> row -= Integer.parseInt(text.substring(i + 2, end));
                    case 'J' -> {
                        lines = new ArrayList<>(lines.subList(0, row));
                        lines.add("");
                    }
                    default -> throw new IllegalStateException("Unknown control " + text.charAt(end));
                }
                i = end;
            } else if (c == '\n') {
                row++;
                if (row == lines.size()) {
                    lines.add("");
                }
            } else if (c != '\r') {
                lines.set(row, lines.get(row) + c);
            }
        }
        return lines;
    }

    @Test
    void blockIsDrawnOverItselfAndLogLinesStayAboveIt() {
        show();
        show();
        display.line("first");
        show();
        display.line("second");

        assertThat(screen())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("first"),
                        line -> assertThat(line).isEqualTo("second"),
                        line -> assertThat(line).startsWith("[----"),
                        line -> assertThat(line).startsWith("0 of 0+ files"),
                        line -> assertThat(line).isEmpty());
    }

    @Test
    void closedDisplayLeavesNothingButTheLog() {
        show();
        display.line("told");
        display.close();

        assertThat(screen()).containsExactly("told", "");
    }
}
