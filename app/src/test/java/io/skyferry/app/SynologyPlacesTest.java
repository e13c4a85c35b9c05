package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynologyPlacesTest {
    private static final String PLAIN = "three trees, one truth\n";

    /// Made by hand and read back by another program for the format; its password is `two-way vector`.
    private static final byte[] SEALED = Base64.getMimeDecoder().decode("""
            X19DTE9VRFNZTkNfRU5DX19kOGQ2YmE3YjlkZjAyZWYzOWEzM2VmOTEyYTkxZGM1NkIQAAhjb21wcmVzcwEBARAABmRpZ2VzdBAA
            A21kNRAACGVuY19rZXkxEABsaHVHYTdmdHVqalpwc2VOTkxTRU92UWxBdFcwck52b1lqZTZ0ajV3ZlpqV3p1UFc2cHdZdWxYZzVK
            bG9obDBvV0h4dmdEZno3cTlQcGdjZVhUSDdaUmRLb05NR0NoUEE2TzA4TU1wR2FYN3c9EAAHZW5jcnlwdAEBARAACWZpbGVfbmFt
            ZRAACnZlY3Rvci50eHQQAAlrZXkxX2hhc2gQACowMTIzNDU2Nzg5NzhkM2JlMjE1M2YwYTBjYzIyNzE0ZmYxZmJmYmYxY2UQAARz
            YWx0EAAIQWJDZEVmMTIQABBzZXNzaW9uX2tleV9oYXNoEAAqYWJjZGVmZ2hpamE1YWExZTA5N2M0M2FjMDNkZTgzMmY1MjYxMWVi
            NDRjEAAEdHlwZRAACG1ldGFkYXRhEAAHdmVyc2lvbkIQAAVtYWpvcgEBAxAABW1pbm9yAQEBQEBCEAAEZGF0YREAMNKykDsjcfxm
            iWTA4JfmI8EqJ/hKzfNEUgoa4FNdeoq9igN4anQzMayR6xLi2Pu2bxAABHR5cGUQAARkYXRhQEIQAAhmaWxlX21kNRAAIDI4NjJh
            ZjA1ZjUxN2M5NTY0MGYxMWZjOGY1OWQ4Nzk0EAAEdHlwZRAACG1ldGFkYXRhQA==
            """);

    private final Path folder;
    private final Typed typed;

    SynologyPlacesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.typed = new Typed(folder);
        Files.writeString(folder.resolve("two-way"), "two-way vector\n");
        Trees.put(folder.resolve("cloud/a/vector.txt"), SEALED);
        Trees.put(folder.resolve("cloud/b.txt"), SEALED);
        Trees.put(folder.resolve("cloud/._b.txt"), "not encrypted".getBytes(StandardCharsets.UTF_8));
        Trees.put(folder.resolve("cloud/@SynologyCloudSync/cloudsync_encrypt.info"), new byte[10]);
    }

    private Ended opened(String password, String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--synology-password-file";
        all[arguments.length + 1] = "@" + password;
        return typed.run(all);
    }

    @Test
    void folderIsReadAsAPlace() throws IOException {
        Ended synced = opened("two-way", "sync", "--json", "synology:@cloud", "@plain");

        assertThat(synced.exit()).as(synced.err()).isZero();
        assertThat(folder.resolve("plain/a/vector.txt")).content().isEqualTo(PLAIN);
        assertThat(folder.resolve("plain/b.txt")).content().isEqualTo(PLAIN);
        assertThat(folder.resolve("plain/._b.txt")).hasContent("not encrypted");
        assertThat(folder.resolve("plain/@SynologyCloudSync")).doesNotExist();
        assertThat(opened("two-way", "sync", "--json", "synology:@cloud", "@plain")
                        .report())
                .contains("\"files\":0", "\"unchanged\":3");
        assertThat(opened("two-way", "check", "synology:@cloud", "@plain").exit())
                .isZero();
        assertThat(opened("two-way", "lsf", "-R", "synology:@cloud").lines())
                .containsExactlyInAnyOrder("a/", "a/vector.txt", "b.txt", "._b.txt");
        assertThat(opened("two-way", "cat", "synology:@cloud", "--include", "b.txt")
                        .out())
                .isEqualTo(PLAIN);
    }

    @Test
    void wrongPasswordStopsTheRunAndDeletesNothing() throws IOException {
        Files.createDirectories(folder.resolve("plain"));
        Files.writeString(folder.resolve("plain/mine"), "x");

        Ended synced = opened("password", "sync", "--json", "synology:@cloud", "@plain");

        assertThat(synced.exit()).isEqualTo(2);
        assertThat(synced.err()).contains("Want the password");
        assertThat(folder.resolve("plain").toFile().list()).containsExactly("mine");
        assertThat(opened("password", "ls", "synology:@cloud").exit()).isEqualTo(2);
        assertThat(opened("password", "cat", "synology:@cloud/b.txt").exit()).isEqualTo(2);
        assertThat(opened("password", "check", "@plain", "synology:@cloud").exit())
                .isEqualTo(2);
    }

    @Test
    void oneFileIsAPlaceToo() {
        assertThat(opened("two-way", "cat", "synology:@cloud/a/vector.txt").out())
                .isEqualTo(PLAIN);
        assertThat(opened("two-way", "copy", "synology:@cloud/b.txt", "@single").exit())
                .isZero();
        assertThat(folder.resolve("single").toFile().list()).containsExactly("b.txt");
        assertThat(folder.resolve("single/b.txt")).content().isEqualTo(PLAIN);
    }

    @Test
    void damagedFileFailsAloneAndHoldsBackDeletes() throws IOException {
        byte[] damaged = SEALED.clone();
        damaged[SEALED.length - 100] ^= 1;
        Files.write(folder.resolve("cloud/a/vector.txt"), damaged);
        Files.write(folder.resolve("cloud/cut"), Arrays.copyOf(SEALED, SEALED.length - 60));
        Files.createDirectories(folder.resolve("plain"));
        Files.writeString(folder.resolve("plain/mine"), "x");

        Ended synced = opened("two-way", "sync", "--json", "synology:@cloud", "@plain");

        assertThat(synced.exit()).isEqualTo(1);
        assertThat(synced.report()).contains("\"failed\":2", "\"deleted\":0", "\"files\":2");
        assertThat(folder.resolve("plain/a/vector.txt")).doesNotExist();
        assertThat(folder.resolve("plain/cut")).doesNotExist();
        assertThat(folder.resolve("plain/mine")).exists();
    }

    @Test
    void nothingIsWrittenThere() {
        var before = Trees.of(folder.resolve("cloud"));
        assertThat(opened("two-way", "sync", "@two-way", "synology:@cloud").exit())
                .isNotZero();
        assertThat(opened("two-way", "copy", "@cloud/a", "synology:@cloud").exit())
                .isNotZero();
        assertThat(opened("two-way", "delete", "synology:@cloud").exit()).isNotZero();
        assertThat(Trees.of(folder.resolve("cloud"))).isEqualTo(before);
    }

    @Test
    void singleFilesAreDecrypted() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        assertThat(typed.run("decrypt", "--password-file", "@two-way", "@cloud/b.txt", "@cloud/a/vector.txt")
                        .out())
                .isEqualTo(PLAIN + PLAIN);
        assertThat(typed.run("decrypt", "--json", "--password-file", "@two-way", "@cloud/b.txt")
                        .out())
                .contains("\"base64\":\"dGhyZWUgdHJlZXMsIG9uZSB0cnV0aAo=\",\"bytes\":23}");
        Ended written = typed.run(
                "decrypt",
                "--json",
                "--password-file",
                "@two-way",
                "--to",
                "@out",
                "@cloud/b.txt",
                "@cloud/a/vector.txt");
        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(written.lines()).hasSize(2).first().asString().contains("\"file\":\"b.txt\",\"bytes\":23");
        assertThat(folder.resolve("out/b.txt")).content().isEqualTo(PLAIN);
        Files.writeString(folder.resolve("out/b.txt"), "another");
        assertThat(typed.run("decrypt", "--password-file", "@two-way", "--to", "@out", "@cloud/b.txt")
                        .exit())
                .as("nothing is replaced")
                .isEqualTo(1);
        assertThat(folder.resolve("out/b.txt")).hasContent("another");
    }

    @Test
    void whatDoesNotDecryptIsToldAndLeavesNothing() throws IOException {
        byte[] damaged = SEALED.clone();
        damaged[SEALED.length - 100] ^= 1;
        Files.write(folder.resolve("damaged"), damaged);
        Files.createDirectories(folder.resolve("out"));

        Ended some = typed.run("decrypt", "--password-file", "@two-way", "--to", "@out", "@damaged", "@cloud/b.txt");
        assertThat(some.exit()).isEqualTo(1);
        assertThat(some.err().lines()).singleElement().asString().contains("damaged");
        assertThat(folder.resolve("out").toFile().list()).containsExactly("b.txt");
        assertThat(typed.run("decrypt", "--password-file", "@wrong", "@cloud/b.txt")
                        .exit())
                .isEqualTo(1);
        assertThat(typed.run("decrypt", "@cloud/b.txt").exit()).isEqualTo(2);
        assertThat(typed.run("decrypt", "--key-file", "@wrong", "@cloud/b.txt").err())
                .contains("private key");
    }
}
