package io.skyferry.control.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.store.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTextTest {
    private final Path folder;

    RunTextTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private RunLog log(String... secrets) {
        return new RunLog(folder.resolve("1.log"), () -> Instant.EPOCH, List.of(secrets));
    }

    @Test
    void shortLogIsItsOwnExcerpt() {
        try (RunLog log = log()) {
            for (int i = 0; i < 20; i++) {
                log.info("line " + i);
            }
            assertThat(log.excerpt().lines()).hasSize(20);
        }
    }

    @Test
    void longLogIsToldByItsEnds() throws IOException {
        try (RunLog log = log()) {
            for (int i = 0; i < 100; i++) {
                log.info("line " + i);
            }
            List<String> lines = log.excerpt().lines().toList();
            assertThat(lines).hasSize(21);
            assertThat(lines.get(9)).endsWith("line 9");
            assertThat(lines.get(10)).isEqualTo("... 80 more lines ...");
            assertThat(lines.get(11)).endsWith("line 90");
        }
        assertThat(Files.readAllLines(folder.resolve("1.log"))).hasSize(100);
        assertThat(OwnerOnly.isOpenToOthers(folder.resolve("1.log"))).isFalse();
    }

    @Test
    void secretsAndWhatATerminalObeysDoNotGetIn() {
        try (RunLog log = log("correct horse", "correct")) {
            log.info("key is correct horse\u001b[2J\nforged line \u202e\uD800");
            assertThat(log.excerpt())
                    .endsWith("key is ***\\x1b[2J\\x0aforged line \\u202e\\ud800")
                    .hasLineCount(1);
        }
    }

    @Test
    void placesConflictWhereOneHoldsTheOtherAndOneWrites() {
        PathClaims writer = new PathClaims("local\n\n/a", false, "s3\nhost\nbucket/x", true);
        assertThat(writer.conflictsWith(new PathClaims("local\n\n/b", false, "s3\nhost\nbucket/x/y", false)))
                .isTrue();
        assertThat(writer.conflictsWith(new PathClaims("local\n\n/b", false, "s3\nhost\nbucket", false)))
                .isTrue();
        assertThat(writer.conflictsWith(new PathClaims("local\n\n/a/b", true, "s3\nhost\nother", false)))
                .isTrue();
        assertThat(writer.conflictsWith(new PathClaims("local\n\n/a", false, "s3\nhost\nbucket/xy", true)))
                .isFalse();
        assertThat(writer.conflictsWith(new PathClaims("local\n\n/a", false, "s3\nelsewhere\nbucket/x", true)))
                .isFalse();
    }
}
