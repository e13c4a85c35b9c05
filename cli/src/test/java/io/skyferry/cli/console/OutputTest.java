package io.skyferry.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void namesGoOutAsTheBytesTheyAre() {
        try (var output = new Output(bytes, Output.Kind.PIPE)) {
            output.line("caf\uDCE9 \u00e9");
        }

        assertThat(bytes.toByteArray()).isEqualTo("caf\u00e9 \u00c3\u00a9\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void linesReachATerminalAtOnceAndAPipeInBulk() {
        var terminal = new Output(bytes, Output.Kind.TERMINAL);
        terminal.line("now");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("now\n");

        var pipe = new Output(bytes, Output.Kind.PIPE);
        pipe.line("later");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("now\n");
        pipe.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("now\nlater\n");
    }

    @Test
    void largePiecesKeepTheirPlace() {
        String large = "x".repeat(100_000);
        try (var output = new Output(bytes, Output.Kind.PIPE)) {
            output.line("before");
            output.line(large);
            output.line("behind");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("before\n" + large + "\nbehind\n");
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, true", "No space left on device, false"})
    void readerThatWentAwayIsToldFromOtherTrouble(String trouble, boolean readerIsGone) {
        var output = new Output(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(trouble);
                    }
                },
                Output.Kind.TERMINAL);

        assertThatThrownBy(() -> output.line("x"))
                .isInstanceOfSatisfying(
                        OutputClosedException.class,
                        failure -> assertThat(failure.readerIsGone()).isEqualTo(readerIsGone))
                .hasMessageContaining(trouble);
    }
}
