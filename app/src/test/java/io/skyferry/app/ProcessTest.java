package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProcessTest {
    @TempDir
    Path scratch;

    private Program program;
    private Path source;
    private Path target;

    @BeforeEach
    void fill() throws IOException {
        program = new Program(scratch.resolve("home"));
        source = scratch.resolve("source");
        Files.createDirectories(source.resolve("x"));
        target = scratch.resolve("target");
        Files.writeString(source.resolve("a.txt"), "hello");
        Files.writeString(source.resolve("x/b.txt"), "world");
    }

    private Program.Ended run(String... typed) throws IOException, InterruptedException {
        return program.run(typed);
    }

    private Program.Ended sync() throws IOException, InterruptedException {
        return run("sync", "--json", source.toString(), target.toString());
    }

    @Test
    void syncMakesBothEqualAndRemembersThePair() throws Exception {
        Program.Ended first = sync();
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(Files.readString(target.resolve("x/b.txt"))).isEqualTo("world");

        Program.Ended second = sync();
        assertThat(second.out()).contains("\"unchanged\":2").doesNotContain("\"read\"");
        try (var files = Files.list(scratch.resolve("home/pairs"))) {
            assertThat(files).isNotEmpty();
        }
        assertThat(scratch.resolve("home/spill"))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
    }

    @Test
    void exitCodesAreThoseOfTheManual() throws Exception {
        assertThat(run("--version").exit()).isZero();
        assertThat(run("ls", source.resolve("nowhere").toString()).exit()).isEqualTo(1);
        assertThat(run("frob").exit()).isEqualTo(2);
        assertThat(run("sync", source.resolve("nowhere").toString(), target.toString())
                        .exit())
                .isEqualTo(3);
        Files.createDirectories(target);
        assertThat(run("check", source.toString(), target.toString()).exit()).isEqualTo(1);
    }

    @Test
    void oneFileCanBeCopiedAndListed() throws Exception {
        assertThat(run("copy", source.resolve("x/b.txt").toString(), target.toString())
                        .exit())
                .isZero();
        assertThat(target.resolve("b.txt")).hasContent("world");
        assertThat(target.resolve("a.txt")).doesNotExist();
        assertThat(run("cat", source.resolve("a.txt").toString()).out()).isEqualTo("hello");
    }

    @Test
    void foldersAreMadeAndRemoved() throws Exception {
        Path top = scratch.resolve("made");
        Path deep = top.resolve("it");
        assertThat(run("mkdir", deep.toString()).exit()).isZero();
        assertThat(deep).isDirectory();
        assertThat(run("rmdirs", top.toString()).exit()).isZero();
        assertThat(top).doesNotExist();
    }

    @Test
    void pairInUseIsToldAndWaitedForOnRequest() throws Exception {
        byte[] much = new byte[8 << 20];
        Files.write(source.resolve("large"), much);
        var holding = program.start(
                "sync", "--json", "--bwlimit", "1M", "--stats", "100ms", source.toString(), target.toString());
        try {
            awaitText(holding, "progress");

            Program.Ended refused = sync();
            assertThat(refused.exit()).isEqualTo(4);
            assertThat(refused.err())
                    .contains("in use by process " + holding.process().pid());
        } finally {
            holding.process().destroy();
        }
        assertThat(holding.end().exit()).isEqualTo(143);
        Program.Ended waited = run("sync", "--wait", source.toString(), target.toString());
        assertThat(waited.exit()).as(waited.err()).isZero();
    }

    @Test
    void ctrlCEndsInOrderWithinTwoSecondsAndTheNextRunGoesOn() throws Exception {
        byte[] much = new byte[32 << 20];
        Files.write(source.resolve("large"), much);
        // Shells let what they start in the background ignore Ctrl-C, and children keep that.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(program.command(
                "copy", "--json", "--bwlimit", "2M", "--stats", "100ms", source.toString(), target.toString()));
        var running = program.start(command);
        awaitText(running, "\"done\":{\"files\":2");

        long began = System.nanoTime();
        new ProcessBuilder("kill", "-INT", Long.toString(running.process().pid()))
                .start()
                .waitFor();
        Program.Ended outcome = running.end();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(outcome.exit()).isEqualTo(130);
        assertThat(outcome.out().lines().toList().getLast()).contains("\"verdict\":\"aborted\"");
        assertThat(target.resolve("large")).doesNotExist();
        assertThat(sync().exit()).isZero();
        assertThat(target.resolve("large")).hasBinaryContent(much);
    }

    @Test
    void namesThatAreNoUtf8CanBeTypedAndPrintedInAnyLocale() throws Exception {
        Path script = scratch.resolve("script");
        String lines =
                "mkdir -p \"$1/caf\u00e9\" && : >\"$1/caf\u00e9/\u00fc\" && shift && exec \"$@\" \"caf\u00e9\"\n";
        Files.write(script, lines.getBytes(StandardCharsets.ISO_8859_1));
        var command = new ArrayList<>(List.of("/bin/sh", script.toString(), scratch.toString()));
        var latin = new Program(scratch.resolve("home"), Map.of("LC_ALL", "C.UTF-8")).with("-Duser.dir=" + scratch);
        command.addAll(latin.command("lsf"));

        Program.Ended outcome = latin.start(command).end();

        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("\u00fc\n");
    }

    @Test
    void readerThatGoesAwayEndsTheCommandQuietly() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(source.resolve("a-file-with-quite-a-long-name-" + i));
        }
        var command = List.of(
                "/bin/sh",
                "-c",
                "{ \"$0\" -cp \"$1\" --enable-native-access=ALL-UNNAMED io.skyferry.app.Main ls \"$2\"; echo $? >&2; }"
                        + " | head -n 1",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                source.toString());

        Program.Ended outcome = program.start(command).end();

        assertThat(outcome.err()).isEqualTo("141\n");
    }

    /// Waits until a process has printed something; it ends if it never does.
    private static void awaitText(Program.Running running, String text) throws IOException, InterruptedException {
        for (int i = 0; i < 1200; i++) {
            if (Files.readString(running.out(), StandardCharsets.ISO_8859_1).contains(text)
                    || running.process().waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        assertThat(running.out()).content(StandardCharsets.ISO_8859_1).contains(text);
    }
}
