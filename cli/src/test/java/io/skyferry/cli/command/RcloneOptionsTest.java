package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.cli.Program.Outcome;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.MemoryBackdoor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options that scripts for rclone bring along; what is expected was seen of rclone 1.60.
class RcloneOptionsTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOON = Instant.parse("2025-05-04T12:00:00Z");

    private final Program program;
    private final MemoryBackdoor source;
    private final MemoryBackdoor target;

    RcloneOptionsTest(@TempDir Path scratch) {
        program = new Program(scratch);
        source = program.folder("/a");
        target = program.folder("/b");
        source.put("a.txt", "hello");
        source.put("x/b.txt", "world!");
        source.put("x/y/c.txt", "deep");
    }

    private static List<String> started(Outcome outcome) {
        return outcome.lines().stream()
                .filter(line -> line.contains("\"event\":\"done\",\"step\":\"transfer\""))
                .map(line -> line.replaceAll(".*\"path\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void suffixGoesBeforeTheLastExtension() {
        for (String name : List.of("a.tar.gz", "noext", ".bashrc", "x/d.txt", "x.y/plain")) {
            source.put(name, "newer one");
            target.put(name, "older");
        }

        program.run("copy", "/a", "/b", "--suffix", ".bak", "--suffix-keep-extension");

        assertThat(target.texts())
                .containsEntry("a.tar.bak.gz", "older")
                .containsEntry("noext.bak", "older")
                .containsEntry(".bak.bashrc", "older")
                .containsEntry("x/d.bak.txt", "older")
                .containsEntry("x.y/plain.bak", "older");
    }

    @Test
    void immutableFilesStayAndFailTheRunAndHoldBackDeletes() {
        target.put("a.txt", "another");
        target.put("old", "stays");

        Outcome outcome = program.run("sync", "--json", "--max-delete", "off", "--immutable", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(target.texts())
                .containsEntry("a.txt", "another")
                .containsEntry("old", "stays")
                .containsEntry("x/b.txt", "world!");
    }

    @Test
    void immutableFilesGetNoOtherTime() {
        target.put(new RelPath("a.txt"), HELLO, NOON);

        assertThat(program.run("copy", "--immutable", "/a", "/b").code()).isEqualTo(ExitCodes.FAILED);
        assertThat(target.modTime(new RelPath("a.txt"))).contains(NOON);
    }

    @Test
    void timesOfFilesWithTheSameContentStayWhereThatIsWanted() {
        target.put(new RelPath("a.txt"), HELLO, NOON);

        assertThat(program.run("copy", "--no-update-modtime", "/a", "/b").code())
                .isEqualTo(ExitCodes.SUCCESS);
        assertThat(target.modTime(new RelPath("a.txt"))).contains(NOON);
    }

    @Test
    void whatLiesDeeperIsLeftOut() {
        target.put("x/y/only-here", "deep, too");

        program.run("sync", "--max-delete", "off", "--max-depth", "2", "/a", "/b");

        assertThat(target.texts()).containsOnlyKeys("a.txt", "x/b.txt", "x/y/only-here");
        assertThat(program.run("ls", "--max-depth", "1", "/a").lines()).hasSize(1);
        assertThat(program.run("copy", "--max-depth", "0", "/a", "/b").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void softCutoffLetsTheFileThatReachesTheLimitGo() {
        Outcome soft = program.run(
                "copy", "--json", "--transfers", "1", "--max-transfer", "6B", "--cutoff-mode", "soft", "/a", "/b");
        assertThat(started(soft)).containsExactly("a.txt", "x/b.txt");
        target.contents().keySet().forEach(path -> target.remove(path.text()));

        Outcome cautious = program.run("copy", "--json", "--transfers", "1", "--max-transfer", "6B", "/a", "/b");

        assertThat(started(cautious)).containsExactly("a.txt");
    }

    @Test
    void mixedOrderTakesBothEndsByTurns() {
        source.put("b", "");
        source.put("z", "the largest of them all");

        Outcome outcome = program.run("copy", "--json", "--transfers", "1", "--order-by", "size,mixed", "/a", "/b");

        assertThat(started(outcome)).containsExactly("b", "z", "x/y/c.txt", "x/b.txt", "a.txt");
    }

    @Test
    void emptiedFoldersGoAfterAMoveAndTheOthersStay() {
        source.mkdir("empty");

        Outcome outcome = program.run("move", "--delete-empty-src-dirs", "--exclude", "x/b.txt", "/a", "/b");

        assertThat(outcome.code()).isEqualTo(ExitCodes.SUCCESS);
        assertThat(source.directories().stream().map(RelPath::text)).containsExactly("x");
        assertThat(program.run("copy", "--delete-empty-src-dirs", "/a", "/b").code())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void runWithoutATransferHasItsExitCodeWhereThatIsWanted() {
        assertThat(program.run("copy", "--error-on-no-transfer", "/a", "/b").code())
                .isEqualTo(ExitCodes.SUCCESS);
        assertThat(program.run("copy", "--error-on-no-transfer", "/a", "/b").code())
                .isEqualTo(ExitCodes.NO_TRANSFER);
        assertThat(program.run("copy", "/a", "/b").code()).isEqualTo(ExitCodes.SUCCESS);
    }

    @Test
    void earlyDeletesAreRefusedInWords() {
        for (String option : List.of("--delete-before", "--delete-during")) {
            Outcome refused = program.run("sync", option, "/a", "/b");
            assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(refused.err()).contains(option, "--delete-after");
        }
        assertThat(program.run("sync", "--delete-after", "/a", "/b").code()).isEqualTo(ExitCodes.SUCCESS);
    }

    @Test
    void optionsWithoutMeaningHereAreTaken() {
        assertThat(program.run(
                                "sync",
                                "--fast-list",
                                "--buffer-size",
                                "64M",
                                "--ignore-checksum",
                                "--multi-thread-streams",
                                "8",
                                "--multi-thread-cutoff",
                                "100M",
                                "--tpslimit",
                                "100",
                                "--low-level-retries",
                                "5",
                                "/a",
                                "/b")
                        .code())
                .isEqualTo(ExitCodes.SUCCESS);
        assertThat(program.wished().calls().orElseThrow().perSecond()).isEqualTo(100);
        assertThat(program.wished().callAttempts()).hasValue(5);
        assertThat(program.run("ls", "--fast-list", "/a").code()).isEqualTo(ExitCodes.SUCCESS);
        assertThat(program.run("sync", "--tpslimit", "-1", "/a", "/b").code()).isEqualTo(ExitCodes.USAGE);
    }
}
