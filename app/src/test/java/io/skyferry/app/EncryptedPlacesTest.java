package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedPlacesTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

    private final Path folder;
    private final Path source;
    private final Path target;
    private final Typed typed;

    EncryptedPlacesTest(@TempDir Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.target = folder.resolve("target");
        this.typed = new Typed(folder);
        var random = new Random(4);
        for (int i = 0; i < 12; i++) {
            Trees.put(source.resolve("d" + i % 3 + "/file" + i), 70_000 * (i % 2) + 10 * i, random);
        }
    }

    private Ended sync(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"sync", "--json", "@source", "crypt:@target"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return typed.keyed(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "standard, on, base32, .bin",
        "standard, on, base64, .bin",
        "standard, on, base32768, .bin",
        "standard, off, base32, .bin",
        "obfuscate, on, base32, .bin",
        "obfuscate, off, base32, .bin",
        "off, on, base32, .bin",
        "off, on, base32, none",
    })
    void whatWasEncryptedComesBackInEveryMode(String names, String directories, String encoding, String suffix) {
        String[] options = {
            "sync",
            "--crypt-names",
            names,
            "--crypt-directory-names",
            directories,
            "--crypt-encoding",
            encoding,
            "--crypt-suffix",
            suffix,
            "@source",
            "crypt:@target"
        };
        Ended pushed = typed.keyed(options);
        assertThat(pushed.exit()).as(pushed.err()).isZero();
        assertThat(Trees.of(target).values())
                .doesNotContainAnyElementsOf(Trees.of(source).values());
        options[options.length - 2] = "crypt:@target";
        options[options.length - 1] = "@back";
        Ended pulled = typed.keyed(options);
        assertThat(pulled.exit()).as(pulled.err()).isZero();

        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(Trees.of(source));
    }

    @ParameterizedTest
    @CsvSource({"standard, on", "standard, off", "obfuscate, on", "off, on"})
    void oneFileIsAPlaceByItsPlainName(String names, String directories) throws IOException {
        String[] modes = {"--crypt-names", names, "--crypt-directory-names", directories};
        Files.writeString(source.resolve("top"), "at the top");
        assertThat(moded(modes, "sync", "@source", "crypt:@target").exit()).isZero();

        assertThat(moded(modes, "cat", "crypt:@target/top").out()).isEqualTo("at the top");
        assertThat(moded(modes, "cat", "crypt:@target/d0/file0").bytes())
                .isEqualTo(Files.readAllBytes(source.resolve("d0/file0")));
        assertThat(moded(modes, "lsf", "crypt:@target/top").lines()).containsExactly("top");
        assertThat(moded(modes, "check", "crypt:@target/top", "@source").exit()).isZero();
        for (String command : new String[] {"copy", "sync"}) {
            Ended one = moded(modes, command, "--json", "crypt:@target/top", "@" + command);
            assertThat(one.exit()).as(one.err()).isZero();
            assertThat(folder.resolve(command).toFile().list()).containsExactly("top");
        }
        assertThat(moded(modes, "cat", "crypt:@target/missing").exit()).isNotZero();
    }

    @Test
    void wrongPasswordIsToldWhereOneFileIsThePlace() {
        sync();

        Ended ended = typed.with("wrong", "salt", "cat", "crypt:@target/d0/file0");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    private Ended moded(String[] modes, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of(modes));
        return typed.keyed(all.toArray(String[]::new));
    }

    @Test
    void secondRunFindsNothingToDoAndReadsNoContent() {
        assertThat(sync().report()).contains("\"files\":12", "\"failed\":0");

        // The one read is that of the key check, the proof that the key is right.
        assertThat(sync().report()).contains("\"files\":0", "\"unchanged\":12", "\"read\":1");
    }

    @Test
    void changedFileGoesOverAndDeletedOneGoes() throws IOException {
        sync();
        Files.writeString(source.resolve("d0/file0"), "edited");
        Files.delete(source.resolve("d1/file1"));

        assertThat(sync().report()).contains("\"files\":1", "\"deleted\":1", "\"verdict\":\"success\"");
        assertThat(typed.keyed("cat", "crypt:@target", "--include", "/d0/file0").out())
                .isEqualTo("edited");
    }

    @Test
    void renamedFolderIsMovedAtTheTarget() throws IOException {
        sync();
        Files.move(source.resolve("d1"), source.resolve("e1"));

        assertThat(sync().report()).contains("\"renamed\":4", "\"files\":0", "\"deleted\":0");
        assertThat(typed.keyed("check", "@source", "crypt:@target").exit()).isZero();
        assertThat(sync().report()).contains("\"unchanged\":12", "\"renamed\":0");
    }

    @Test
    void renamedFileIsFoundByItsContentWithoutMemoryOfIt() throws IOException {
        sync();
        Path copy = source.resolve("copy");
        Files.copy(source.resolve("d1/file7"), copy);
        Files.setLastModifiedTime(copy, Files.getLastModifiedTime(source.resolve("d1/file7")));
        Files.delete(source.resolve("d1/file7"));

        assertThat(sync("--track-renames").report()).contains("\"renamed\":1", "\"files\":0");
        assertThat(typed.keyed("check", "@source", "crypt:@target").exit()).isZero();
    }

    @Test
    void editThatKeepsSizeAndTimeIsFoundByItsChecksumWithoutReadingTheTarget() throws IOException {
        sync();
        Path file = source.resolve("d0/file6");
        byte[] content = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        content[3] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);

        String report = sync("--checksum").report();
        assertThat(report).contains("\"files\":1", "\"unchanged\":11");
        // Twelve reads of the source, one more to send what changed, and the key check.
        assertThat(report).contains("\"read\":14");
        assertThat(typed.keyed("check", "--download", "@source", "crypt:@target")
                        .exit())
                .isZero();
    }

    @Test
    void touchedFileIsComparedByItsChecksum() throws IOException {
        sync();
        Files.setLastModifiedTime(source.resolve("d0/file6"), LONG_AGO);

        assertThat(sync().report()).contains("\"files\":0", "\"unchanged\":12");
        assertThat(sync().report()).contains("\"read\":1", "\"unchanged\":12");
    }

    @Test
    void planIsSavedAndDoneWithoutPasswordInIt() throws IOException {
        Path plan = folder.resolve("the.plan");
        assertThat(sync("--plan-out", plan.toString()).exit()).isZero();
        assertThat(target).doesNotExist();
        assertThat(plan).content().doesNotContain("potato", "sausage");

        assertThat(typed.run("apply", "--json", plan.toString()).report()).contains("\"files\":12");
        assertThat(typed.keyed("check", "@source", "crypt:@target").exit()).isZero();
    }

    @Test
    void moveDeletesSourceFilesWhoseEncryptedCopyWasReadBack() {
        var before = Trees.of(source);
        assertThat(typed.keyed("move", "@source", "crypt:@target").exit()).isZero();

        assertThat(Trees.of(source)).isEmpty();
        assertThat(typed.keyed("move", "crypt:@target", "@source").exit()).isZero();
        assertThat(Trees.of(source)).isEqualTo(before);
        assertThat(typed.keyed("ls", "crypt:@target").out()).isEmpty();
    }

    @Test
    void everyListingCommandSpeaksPlainNames() {
        sync();

        assertThat(typed.keyed("lsf", "-R", "crypt:@target").lines()).contains("d0/file0", "d1/file1", "d2/");
        assertThat(typed.keyed("ls", "crypt:@target").lines())
                .containsExactlyInAnyOrderElementsOf(typed.run("ls", "@source").lines());
        assertThat(typed.keyed("lsl", "crypt:@target").lines())
                .containsExactlyInAnyOrderElementsOf(typed.run("lsl", "@source").lines());
        assertThat(typed.keyed("size", "--json", "crypt:@target").out())
                .isEqualTo(typed.run("size", "--json", "@source").out());
        assertThat(typed.keyed("tree", "crypt:@target").lines().subList(1, 12))
                .isEqualTo(typed.run("tree", "@source").lines().subList(1, 12));
        assertThat(typed.keyed("cat", "crypt:@target", "--include", "file7").bytes())
                .isEqualTo(typed.run("cat", "@source/d1/file7").bytes());
        assertThat(typed.keyed("filter", "list", "crypt:@target").exit()).isEqualTo(2);
    }

    @Test
    void foldersAreMadeAndFilesDeleted() {
        assertThat(typed.keyed("mkdir", "crypt:@target").exit()).isZero();
        assertThat(typed.keyed("rmdirs", "crypt:@target").exit()).isZero();
        assertThat(target).doesNotExist();

        sync();
        assertThat(typed.keyed("delete", "--include", "/d0/**", "--rmdirs", "crypt:@target")
                        .exit())
                .isZero();
        assertThat(typed.keyed("lsf", "crypt:@target").lines()).containsExactlyInAnyOrder("d1/", "d2/");
    }

    @Test
    void layersNest() {
        assertThat(typed.keyed("sync", "@source", "crypt:crypt:@target").exit()).isZero();
        assertThat(typed.keyed("sync", "crypt:crypt:@target", "@back").exit()).isZero();

        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(Trees.of(source));
        assertThat(typed.keyed("sync", "--json", "@source", "crypt:crypt:@target")
                        .report())
                .contains("\"unchanged\":12", "\"files\":0");
    }

    @Test
    void encryptedPlaceIsFilledFromAnEncryptedOne() {
        sync();
        assertThat(typed.keyed("sync", "crypt:@target", "crypt:@other").exit()).isZero();

        assertThat(typed.keyed("check", "@source", "crypt:@other").exit()).isZero();
        assertThat(Trees.of(folder.resolve("other")).keySet())
                .isEqualTo(Trees.of(target).keySet());
        assertThat(Trees.of(folder.resolve("other")).values())
                .doesNotContainAnyElementsOf(Trees.of(target).values());
    }

    @Test
    void replacedFilesAreKeptBesideOrInAFolder() throws IOException {
        sync();
        Files.writeString(source.resolve("d0/file0"), "new");

        assertThat(sync("--suffix", ".old").exit()).isZero();
        assertThat(typed.keyed("lsf", "-R", "crypt:@target").lines()).contains("d0/file0.old");
        Ended refused = sync("--backup-dir", "crypt:" + folder.resolve("kept"));
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("plain names of directories");
    }

    @Test
    void backupFolderWorksWherePlainNamesOfDirectoriesAreKept() throws IOException {
        String[] plainDirectories = {"--crypt-directory-names", "off", "--backup-dir", "crypt:" + folder.resolve("kept")
        };
        sync(plainDirectories);
        Files.writeString(source.resolve("d0/file0"), "new");

        Ended ended = sync(plainDirectories);

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(typed.keyed("lsf", "-R", "--crypt-directory-names", "off", "crypt:@kept")
                        .lines())
                .contains("d0/file0");
    }

    @Test
    void optionsOfAnEncryptionWithoutAnEncryptedPlaceAreRefused() {
        Ended forgotten = typed.keyed("sync", "@source", "@target");
        assertThat(forgotten.exit()).isEqualTo(2);
        assertThat(forgotten.err()).contains("crypt:PLACE");
        assertThat(target).doesNotExist();
        assertThat(typed.run("sync", "@source", "crypt:@target").err()).contains("--crypt-password-file");
        assertThat(typed.keyed("ls", "@source").exit()).isEqualTo(2);
    }

    @Test
    void placesThatLieInEachOtherAreRefusedWhateverKeysOpenThem() {
        assertThat(typed.keyed("sync", "@source", "crypt:@source/in").exit()).isEqualTo(2);
        assertThat(typed.keyed("sync", "@source", "crypt:@source").exit()).isEqualTo(2);
        sync();
        assertThat(typed.keyed("sync", "crypt:@target", "@").exit()).isEqualTo(2);
        assertThat(typed.keyed("copy", "crypt:@target", "@target/in").exit()).isEqualTo(2);
        assertThat(typed.keyed("check", "@source", "crypt:@target").exit()).isZero();
    }

    @Test
    void passwordsReachNoOutput() throws IOException {
        Path log = folder.resolve("log");
        Ended ended = sync("-vv", "--log-file", log.toString());

        assertThat(ended.out() + ended.err() + Files.readString(log)).doesNotContain("potato", "sausage");
    }

    @Test
    void folderInsideAnEncryptedOneIsNoPlaceToBeginAnother() {
        assertThat(sync().exit()).isZero();

        Ended pushed = typed.keyed("sync", "@source", "crypt:@target/d1");
        Ended listed = typed.keyed("ls", "crypt:@target/d1");

        assertThat(pushed.exit()).as(pushed.err()).isEqualTo(2);
        assertThat(pushed.err()).contains("top of an encrypted folder").contains("target/d1");
        assertThat(target.resolve("d1")).doesNotExist();
        assertThat(listed.exit()).isEqualTo(2);
        assertThat(listed.err()).contains("--include '/d1/**'");
    }

    @Test
    void folderWithAPlainNameInsideAnEncryptedOneMayBeginAnother() {
        String[] plainDirectories = {"sync", "--crypt-directory-names", "off", "@source", "crypt:@target"};
        assertThat(typed.keyed(plainDirectories).exit()).isZero();
        plainDirectories[4] = "crypt:@target/new";

        Ended pushed = typed.keyed(plainDirectories);

        assertThat(pushed.exit()).as(pushed.err()).isZero();
    }
}
