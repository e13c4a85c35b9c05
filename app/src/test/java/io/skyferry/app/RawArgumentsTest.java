package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
    private static byte[] commandLine(String... arguments) {
        return RelPath.bytesOf(String.join("\0", arguments) + "\0");
    }

    @Test
    void bytesThatAreNoUtf8AreKept() {
        byte[] typed = commandLine("java", "-Xmx9m", "Main", "ls", "/caf\uDCE9");

        assertThat(RawArguments.last(typed, List.of("ls", "/caf\uFFFD"))).containsExactly("ls", "/caf\uDCE9");
    }

    @Test
    void emptyArgumentsCount() {
        assertThat(RawArguments.last(commandLine("java", "Main", "", "?"), List.of("", "?")))
                .containsExactly("", "?");
    }

    @Test
    void otherProcessesArgumentsAreNotTaken() {
        assertThat(RawArguments.last(commandLine("test", "runner"), List.of("ls", "/caf\uFFFD")))
                .containsExactly("ls", "/caf\uFFFD");
        assertThat(RawArguments.last(commandLine("x"), List.of("ls", "/caf\uFFFD")))
                .containsExactly("ls", "/caf\uFFFD");
    }
}
