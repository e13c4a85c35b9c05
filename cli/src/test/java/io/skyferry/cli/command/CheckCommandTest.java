package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.cli.Program.Outcome;
import io.skyferry.testkit.MemoryBackdoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    Path scratch;

    private Program program;
    private MemoryBackdoor source;
    private MemoryBackdoor target;

    @BeforeEach
    void fill() {
        program = new Program(scratch);
        source = program.folder("/a");
        target = program.folder("/b");
        source.put("same", "1");
        target.put("same", "1");
    }

    private void makeDiffer() {
        source.put("differs", "1");
        target.put("differs", "12");
        source.put("left", "1");
        target.put("right", "1");
    }

    @Test
    void noDifferencesIsSuccess() {
        Outcome outcome = program.run("check", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.SUCCESS);
        assertThat(outcome.out()).startsWith("No differences: 1 the same, 0 different");
    }

    @Test
    void differencesAreToldAndFail() {
        makeDiffer();

        Outcome outcome = program.run("check", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err())
                .contains(
                        "differs: differs: the sizes differ", "left: only at the source", "right: only at the target");
        assertThat(outcome.out())
                .isEqualTo("Differences: 1 the same, 1 different, 1 only at the source, 1 only at the target,"
                        + " 0 not compared\n");
    }

    @Test
    void listsGoWhereTheyAreWanted() throws IOException {
        makeDiffer();
        Path match = scratch.resolve("match");
        Path missing = scratch.resolve("missing");

        Outcome outcome = program.run(
                "check",
                "--combined",
                "-",
                "--match",
                match.toString(),
                "--missing-on-dst",
                missing.toString(),
                "--missing-on-src",
                missing.toString(),
                "-q",
                "/a",
                "/b");

        assertThat(outcome.lines()).startsWith("* differs", "+ left", "- right", "= same");
        assertThat(Files.readString(match)).isEqualTo("same\n");
        assertThat(Files.readString(missing)).isEqualTo("left\nright\n");
    }

    @Test
    void jsonEndsWithCounts() {
        makeDiffer();

        Outcome outcome = program.run("check", "--json", "--one-way", "/a", "/b");

        assertThat(outcome.lines())
                .containsExactly(
                        "{\"event\":\"differ\",\"path\":\"differs\",\"reason\":\"the sizes differ\"}",
                        "{\"event\":\"missingAtTarget\",\"path\":\"left\"}",
                        "{\"event\":\"report\",\"verdict\":\"failed\",\"match\":1,\"differ\":1,\"missingAtSource\":0,"
                                + "\"missingAtTarget\":1,\"error\":0}");
    }

    @Test
    void filtersLeaveFilesOut() {
        makeDiffer();

        assertThat(program.run("check", "--include", "same", "/a", "/b").code()).isZero();
    }
}
