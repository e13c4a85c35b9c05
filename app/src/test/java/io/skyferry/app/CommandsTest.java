package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CommandsTest {
    private final Path folder;
    private final Path source;
    private final Path target;
    private final Program program;

    CommandsTest(@TempDir Path folder) {
        this.folder = folder;
        source = folder.resolve("source");
        target = folder.resolve("target");
        program = new Program(folder.resolve("home"));
        var random = new Random(1);
        for (int i = 0; i < 30; i++) {
            Trees.put(source.resolve("d" + i % 3 + "/file" + i), 100 + i, random);
        }
    }

    private Program.Ended sync(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"sync", "--json", source.toString(), target.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return program.run(arguments);
    }

    @Test
    void syncMakesTheTargetEqualAndReports() {
        Program.Ended ended = sync();

        assertThat(ended.exit()).isZero();
        assertThat(ended.lastLine())
                .startsWith(
                        "{\"event\":\"report\",\"verdict\":\"success\",\"transferred\":{\"files\":30,\"bytes\":3435}")
                .contains("\"copiedAtTarget\":0", "\"renamed\":0", "\"deleted\":0", "\"unchanged\":0")
                .contains("\"skipped\":0", "\"failed\":0", "\"requests\":{", "\"refusal\":\"\"");
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
        assertThat(sync().lastLine()).contains("\"files\":0", "\"unchanged\":30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "local", "remote", "serving"})
    void warmUpDoesAllItsWorkAndKeepsNothing(String set) {
        Program.Ended ended = program.run("warmup", "--for", set);

        assertThat(ended.err()).isEmpty();
        assertThat(ended.exit()).isZero();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void renamedFolderIsMovedAtTheTarget() throws IOException {
        sync();
        Files.move(source.resolve("d1"), source.resolve("e1"));

        assertThat(sync().lastLine()).contains("\"renamed\":10", "\"files\":0", "\"deleted\":0");
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }

    @Test
    void dryRunDoesNothingAndItsPlanIsDoneExactly() {
        Path plan = folder.resolve("the.plan");

        Program.Ended told = sync("--dry-run", "--plan-out", plan.toString());
        assertThat(told.exit()).isZero();
        assertThat(target).doesNotExist();
        Program.Ended done = program.run("apply", "--json", plan.toString());

        assertThat(done.exit()).isZero();
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }

    @Test
    void planRefusesWhatChangedSince() throws IOException {
        Path plan = folder.resolve("the.plan");
        sync("--dry-run", "--plan-out", plan.toString());
        Files.writeString(source.resolve("d0/file0"), "edited since");

        Program.Ended done = program.run("apply", "--json", plan.toString());

        assertThat(done.exit()).isEqualTo(1);
        assertThat(target.resolve("d0/file0")).doesNotExist();
        assertThat(done.lastLine()).contains("\"failed\":1", "\"files\":29");
    }

    @Test
    void planIsRefusedWhereTheSourceHasBeenEmptiedOrReplacedSince() throws IOException {
        sync();
        Files.delete(source.resolve("d0/file0"));
        Path plan = folder.resolve("the.plan");
        sync("--plan-out", plan.toString());
        Map<String, String> before = Trees.of(target);
        Path elsewhere = Files.move(source, folder.resolve("elsewhere"));

        Program.Ended gone = program.run("apply", "--json", plan.toString());
        Files.createDirectory(source);
        Program.Ended emptied = program.run("apply", "--json", plan.toString());

        assertThat(gone.exit()).isEqualTo(3);
        assertThat(emptied.exit()).isEqualTo(3);
        assertThat(emptied.lastLine()).contains("\"verdict\":\"refused\"", "--allow-empty-source");
        assertThat(Trees.of(target)).isEqualTo(before);
        Files.delete(source);
        Files.move(elsewhere, source);
        assertThat(program.run("apply", "--json", plan.toString()).exit()).isZero();
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }

    @Test
    void moveLeavesNoFileAtTheSource() {
        Map<String, String> before = Trees.of(source);

        assertThat(program.run("move", source.toString(), target.toString()).exit())
                .isZero();

        assertThat(Trees.of(source)).isEmpty();
        assertThat(Trees.of(target)).isEqualTo(before);
    }

    @Test
    void emptyOrMissingSourceIsRefused() throws IOException {
        sync();
        Map<String, String> before = Trees.of(target);
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Program.Ended ofEmpty = program.run("sync", "--json", empty.toString(), target.toString());
        Program.Ended ofMissing = program.run("sync", "--json", folder + "/missing", target.toString());

        assertThat(ofEmpty.exit()).isEqualTo(3);
        assertThat(ofEmpty.lastLine()).contains("\"verdict\":\"refused\"", "--allow-empty-source");
        assertThat(ofMissing.exit()).isEqualTo(3);
        assertThat(Trees.of(target)).isEqualTo(before);
    }

    @Test
    void deletesBeyondTheShareAreHeldBackUntilTheOptionLiftsThem() throws IOException {
        sync();
        for (int i = 0; i < 16; i++) {
            Files.delete(source.resolve("d" + i % 3 + "/file" + i));
        }
        Trees.put(source.resolve("new"), 10, new Random(2));

        Program.Ended held = sync();
        assertThat(held.exit()).isEqualTo(3);
        assertThat(held.lastLine()).contains("\"deleted\":0", "\"files\":1", "--max-delete 16");
        Program.Ended done = sync("--max-delete", "16");

        assertThat(done.exit()).isZero();
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }

    @Test
    void wrongUsageSaysWhatWasWanted() {
        Program.Ended ended = sync("--transfers", "many");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("--transfers", "many");
        assertThat(target).doesNotExist();
    }

    @Test
    void damagedMemoryIsPutAsideAndNothingIsLost() throws IOException {
        sync();
        Path pairs = folder.resolve("home/pairs");
        for (byte[] damage : new byte[][] {{}, "no database at all".getBytes(StandardCharsets.UTF_8)}) {
            try (var files = Files.newDirectoryStream(pairs, "*.db")) {
                for (Path file : files) {
                    Files.write(file, damage);
                }
            }
            Program.Ended ended = sync();
            assertThat(ended.exit()).isZero();
            assertThat(ended.lastLine()).contains("\"files\":0", "\"deleted\":0", "\"unchanged\":30");
        }
        assertThat(Trees.of(target)).isEqualTo(Trees.of(source));
    }

    @Test
    void namesOfAnyBytesAreCopiedExactlyUnderTheLocaleOfCron() throws Exception {
        Path odd = folder.resolve("odd");
        Files.createDirectories(odd);
        // The shell makes what no text can name: a byte that is no UTF-8, a line feed, blanks at both ends.
        String script =
                "cd '%s' && mkdir -p \"$(printf 'd\\377')\" && printf one >\"$(printf 'd\\377/a\\nb')\"".formatted(odd)
                        + " && printf two >' blanks ' && printf three >\"$(printf '\\303\\251')\" && printf four >'-x'";
        assertThat(new ProcessBuilder("sh", "-c", script).start().waitFor()).isZero();

        var cron = new Program(folder.resolve("home"), Map.of("LC_ALL", "C", "LANG", "C"));
        Program.Ended ended = cron.run("sync", "--json", odd.toString(), target.toString());

        assertThat(ended.exit()).isZero();
        assertThat(new ProcessBuilder("diff", "-r", odd.toString(), target.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(cron.run("sync", "--json", odd.toString(), target.toString()).lastLine())
                .contains("\"files\":0", "\"unchanged\":4");
    }

    @Test
    void fileThatCannotBeReadHoldsBackDeletes() throws IOException {
        sync();
        Files.delete(source.resolve("d0/file0"));
        Files.createSymbolicLink(source.resolve("loop"), source);
        Files.createSymbolicLink(source.resolve("broken"), folder.resolve("nowhere"));

        Program.Ended ended = sync("--copy-links");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lastLine()).contains("\"verdict\":\"failed\"");
    }

    @Test
    void fileThatGrewIntoTheBoundsReplacesTheOneOutsideThem() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("grown"), "1");
        Files.writeString(target.resolve("small"), "2");
        Files.writeString(source.resolve("grown"), "12345");

        Program.Ended ended = sync("--min-size", "5b", "--max-delete", "100");

        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(target.resolve("grown")).hasContent("12345");
        assertThat(target.resolve("small")).hasContent("2");
    }

    @Test
    void timesAreLeftWhereContentAloneCounts() throws IOException {
        sync();
        FileTime before = Files.getLastModifiedTime(target.resolve("d0/file0"));
        Files.setLastModifiedTime(source.resolve("d0/file0"), FileTime.fromMillis(1_000_000));

        assertThat(sync("--checksum").lastLine()).contains("\"files\":0", "\"unchanged\":30");
        assertThat(Files.getLastModifiedTime(target.resolve("d0/file0"))).isEqualTo(before);
        sync();
        assertThat(Files.getLastModifiedTime(target.resolve("d0/file0"))).isEqualTo(FileTime.fromMillis(1_000_000));
    }
}
