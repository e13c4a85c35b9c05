package io.skyferry.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "plain.txt, plain.txt",
                "000A, \\n",
                "000D, \\r",
                "0009, \\t",
                "001B, \\x1b",
                "007F, \\x7f",
                "0085, \\x85",
                "00E9, é",
                "202E, \\u202e",
                "2066, \\u2066",
                "DCE9, \\xe9",
                "4E2D, 中",
            })
    void whatWouldDisturbATerminalIsSpeltOut(String name, String shown) {
        String text = name.length() == 4 ? String.valueOf((char) Integer.parseInt(name, 16)) : name;

        assertThat(Names.shown("a" + text + "b")).isEqualTo("a" + shown + "b");
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void charactersBeyondTheFirstPlaneStayWhole(int at) {
        String smile = "\uD83D\uDE00";

        assertThat(Names.shown(at == 0 ? smile + "\n" : "\n" + smile))
                .isEqualTo(at == 0 ? smile + "\\n" : "\\n" + smile);
    }
}
