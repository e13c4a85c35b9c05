package io.skyferry.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.testkit.FakeClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {
    private final FakeClock clock = new FakeClock();
    private String answer = "40 132\n";

    private TerminalSize size(Map<String, String> environment) {
        return new TerminalSize(environment, clock::nanos, () -> answer);
    }

    @Test
    void terminalIsAskedAgainAsWindowsChange() {
        TerminalSize size = size(Map.of());
        assertThat(size.columns()).isEqualTo(132);
        assertThat(size.rows()).isEqualTo(40);

        answer = "20 60\n";
        assertThat(size.columns()).isEqualTo(132);
        clock.advance(Duration.ofSeconds(6));
        assertThat(size.columns()).isEqualTo(60);
    }

    @Test
    void terminalThatSaysNothingIsTakenForTheUsualOne() {
        answer = "stty: no such device";

        assertThat(size(Map.of()).columns()).isEqualTo(80);
        assertThat(size(Map.of("COLUMNS", "wide")).columns()).isEqualTo(80);
    }

    @Test
    void variableComesFirst() {
        assertThat(size(Map.of("COLUMNS", "100")).columns()).isEqualTo(100);
    }
}
