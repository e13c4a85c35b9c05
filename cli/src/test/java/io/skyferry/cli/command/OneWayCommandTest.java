package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.cli.Program.Outcome;
import io.skyferry.engine.pair.PairInUseException;
import io.skyferry.testkit.MemoryBackdoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWayCommandTest {
    private static final String NO_REQUESTS_OF_OURS = "\"requests\":{\"beginUpload\":1,\"list\":2}";

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
        source.put("a.txt", "hello");
        source.put("x/b.txt", "world!");
    }

    @Test
    void jsonEndsWithTheReport() {
        Outcome outcome = program.run("copy", "--json", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.SUCCESS);
        assertThat(outcome.lines())
                .containsExactlyInAnyOrder(
                        "{\"event\":\"done\",\"step\":\"transfer\",\"path\":\"a.txt\",\"bytes\":5,\"replaces\":false}",
                        "{\"event\":\"done\",\"step\":\"transfer\",\"path\":\"x/b.txt\",\"bytes\":6,\"replaces\":false}",
                        "{\"event\":\"report\",\"verdict\":\"success\",\"transferred\":{\"files\":2,\"bytes\":11},"
                                + "\"copiedAtTarget\":0,\"renamed\":0,\"deleted\":0,\"unchanged\":0,\"skipped\":0,"
                                + "\"failed\":0," + NO_REQUESTS_OF_OURS + ",\"refusal\":\"\"}");
        assertThat(outcome.lines().getLast()).startsWith("{\"event\":\"report\"");
        assertThat(target.texts()).isEqualTo(source.texts());
    }

    @Test
    void textEndsWithOneLine() {
        assertThat(program.run("copy", "/a", "/b").out()).isEqualTo("Done: 2 files (11 B) transferred in 0.0s\n");
        assertThat(program.run("copy", "-q", "/a", "/b").out()).isEmpty();
    }

    @Test
    void dryRunPrintsStepsThenCountsAndCostAndDoesNothing() {
        target.put("a.txt", "he");
        target.put("old", "1234");

        Outcome outcome = program.run("sync", "-n", "--max-delete", "off", "/a", "/b");

        assertThat(outcome.lines())
                .containsExactly(
                        "replace    a.txt (2 B by 5 B)",
                        "copy       x/b.txt (6 B)",
                        "delete     old (4 B)",
                        "",
                        "Plan: 2 files (11 B) transferred, 1 deleted",
                        "Requests: 1 delete, 2 read, 2 write");
        assertThat(target.texts())
                .containsEntry("old", "1234")
                .containsEntry("a.txt", "he")
                .hasSize(2);
    }

    @Test
    void dryRunInJsonTellsStepsAndTheirSum() {
        Outcome outcome = program.run("copy", "-n", "--json", "/a", "/b");

        assertThat(outcome.lines())
                .containsExactly(
                        "{\"event\":\"plan\",\"step\":\"transfer\",\"path\":\"a.txt\",\"bytes\":5,\"replaces\":false}",
                        "{\"event\":\"plan\",\"step\":\"transfer\",\"path\":\"x/b.txt\",\"bytes\":6,\"replaces\":false}",
                        "{\"event\":\"report\",\"verdict\":\"success\",\"transferred\":{\"files\":2,\"bytes\":11},"
                                + "\"copiedAtTarget\":0,\"renamed\":0,\"deleted\":0,\"unchanged\":0,\"skipped\":0,"
                                + "\"failed\":0,\"requests\":{\"read\":2,\"write\":2},\"refusal\":\"\"}");
        assertThat(target.contents()).isEmpty();
    }

    @Test
    void savedPlanIsAppliedExactly() {
        Path plan = scratch.resolve("plan");
        program.run("copy", "--plan-out", plan.toString(), "/a", "/b");
        assertThat(target.contents()).isEmpty();
        source.put("later", "not in the plan");

        Outcome outcome = program.run("apply", plan.toString());

        assertThat(outcome.code()).isEqualTo(ExitCodes.SUCCESS);
        assertThat(target.texts()).containsOnlyKeys("a.txt", "x/b.txt");
    }

    @Test
    void whatChangedSinceThePlanIsRefused() {
        Path plan = scratch.resolve("plan");
        target.put("x/b.txt", "old");
        program.run("copy", "--plan-out", plan.toString(), "/a", "/b");
        source.put("a.txt", "edited since");
        target.put("x/b.txt", "edited too");

        Outcome outcome = program.run("apply", plan.toString());

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(target.texts()).containsExactly(Map.entry("x/b.txt", "edited too"));
    }

    @Test
    void planForOtherPlacesIsRefused() {
        Path plan = scratch.resolve("plan");
        program.run("copy", "--plan-out", plan.toString(), "/a", "/b");
        target.setVolume("another disk");

        Outcome outcome = program.run("apply", plan.toString());

        assertThat(outcome.err()).contains("The plan was made for another target");
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(target.contents()).isEmpty();
    }

    @Test
    void guardsEndWithTheirOwnCode() {
        source.remove("a.txt");
        source.remove("x/b.txt");
        target.put("precious", "1");

        Outcome outcome = program.run("sync", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(outcome.out()).contains("--allow-empty-source");
        assertThat(target.texts()).containsOnlyKeys("precious");
    }

    @Test
    void filesThatFailEndWithCodeOneAndAreNamed() {
        target.put("a.txt/in/the/way", "1");

        Outcome outcome = program.run("copy", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("ERROR  a.txt: ");
        assertThat(outcome.out()).contains("  a.txt: ").contains("1 failed");
    }

    @Test
    void pairInUseEndsWithItsOwnCode() {
        program.remembering((left, right, patience) -> {
            throw new PairInUseException("The pair is in use by process 7, patience " + patience.toSeconds());
        });

        Outcome outcome = program.run("copy", "/a", "/b");
        assertThat(outcome.code()).isEqualTo(ExitCodes.IN_USE);
        assertThat(outcome.err()).contains("in use by process 7, patience 0");
        assertThat(program.run("copy", "--wait", "/a", "/b").err()).doesNotContain("patience 0");
    }

    @Test
    void logTellsAsMuchAsIsAskedFor() throws IOException {
        program.run("copy", "/a", "/b");
        source.put("new", "1");
        Path log = scratch.resolve("log");

        assertThat(program.run("copy", "--ignore-existing", "/a", "/b").err()).isEmpty();
        source.put("newer", "1");
        assertThat(program.run("copy", "-v", "--log-file", log.toString(), "/a", "/b")
                        .err())
                .isEmpty();
        assertThat(Files.readString(log))
                .contains("INFO   copy '/a' to '/b'", "INFO   newer: copied (new, 1 B)")
                .doesNotContain("left alone");
        assertThat(program.run("copy", "-vv", "--ignore-existing", "/a", "/b").err())
                .contains("DEBUG  a.txt: left alone: it exists at the target");
        assertThat(program.run("copy", "-vv", "/a", "/b").err())
                .contains("DEBUG  a.txt: unchanged: ", "DEBUG  x/b.txt: unchanged: ");
        assertThat(program.run("copy", "-vv", "--json", "/a", "/b").lines())
                .filteredOn(line -> line.startsWith("{\"event\":\"leftAlone\""))
                .hasSize(4);
    }

    @Test
    void ruleForOneFileIsDoubtedOnlyWhereItSelectsNothing() {
        source.put("Makefile", "all:");
        assertThat(program.run("copy", "--include", "Makefile", "/a", "/b").err())
                .isEmpty();
        assertThat(program.run("copy", "--include", "Makefile", "/a", "/b").err())
                .isEmpty();
        assertThat(program.run("copy", "--include", "x", "/a", "/b").err())
                .contains("NOTICE '+ x' of --include selects only a file of exactly that name");
        assertThat(program.run("copy", "-n", "--include", "x", "/a", "/b").err())
                .contains("for a directory write 'x/**'");
        assertThat(program.run("ls", "--include", "Makefile", "/a").err()).isEmpty();
        assertThat(program.run("ls", "--include", "x", "/a").err()).contains("for a directory write 'x/**'");
        assertThat(program.run("check", "--include", "Makefile", "/a", "/b").err())
                .isEmpty();
        assertThat(program.run("check", "--include", "x", "/a", "/b").err()).contains("for a directory write 'x/**'");
    }

    @Test
    void oneIsToldAsOne() {
        target.put("gone", "1");
        target.put("a.txt", "another");
        assertThat(program.run("sync", "--immutable", "--max-delete", "100%", "/a", "/b")
                        .out())
                .contains("1 failed", "  1 delete was held back, as something failed");
        assertThat(program.run("sync", "--max-delete", "0", "/a", "/b").out())
                .contains("1 of 3 files would go, and the limit is 0 files");
    }

    @Test
    void logFolderGetsAFileForEachRun() throws IOException {
        Path logs = Files.createDirectory(scratch.resolve("logs"));
        program.run("copy", "-v", "--log-file", logs.toString(), "/a", "/b");

        try (var files = Files.list(logs)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .isEqualTo(List.of("copy-20261121-164001-000.log"));
        }
    }

    @Test
    void moveAndSyncDoWhatTheySay() {
        target.put("extra", "1");
        program.run("sync", "--max-delete", "1", "/a", "/b");
        assertThat(target.texts()).isEqualTo(source.texts());

        program.run("move", "/a", "/b");
        assertThat(source.contents()).isEmpty();
    }
}
