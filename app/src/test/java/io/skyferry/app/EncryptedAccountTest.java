package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accounts under a name whose places are all encrypted.
class EncryptedAccountTest {
    private final Path folder;
    private final Path source;
    private final Path stored;
    private final Typed typed;

    EncryptedAccountTest(@TempDir Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.stored = folder.resolve("stored");
        this.typed = new Typed(folder);
        var random = new Random(8);
        for (int i = 0; i < 9; i++) {
            Trees.put(source.resolve("d" + i % 3 + "/file" + i), 70_000 * (i % 2) + 10 * i, random);
        }
    }

    private Ended done(String... arguments) {
        Ended ended = typed.run(arguments);
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended;
    }

    private void add(String... more) {
        String[] usual = {
            "credential",
            "add",
            "vault",
            "--provider",
            "local",
            "--set",
            "path=" + stored,
            "--secret-file",
            "crypt-password=" + folder.resolve("password"),
            "--secret-file",
            "crypt-salt=" + folder.resolve("salt")
        };
        String[] all = new String[usual.length + more.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        done(all);
    }

    @ParameterizedTest
    @CsvSource({"standard, on", "standard, off", "obfuscate, on", "off, on"})
    void itsFoldersAndFilesGoByTheirPlainNames(String names, String directories) {
        add("--set", "crypt-names=" + names, "--set", "crypt-directory-names=" + directories);

        done("sync", "@source", "vault:");

        assertThat(Trees.of(stored).values())
                .doesNotContainAnyElementsOf(Trees.of(source).values());
        assertThat(done("lsf", "vault:").lines()).containsExactlyInAnyOrder("d0/", "d1/", "d2/");
        assertThat(done("lsf", "vault:d1").lines()).containsExactlyInAnyOrder("file1", "file4", "file7");
        assertThat(done("cat", "--count", "5", "vault:d1/file4").out()).hasSizeGreaterThan(0);
        done("sync", "vault:d2", "@back");
        assertThat(Trees.of(folder.resolve("back"))).isEqualTo(Trees.of(source.resolve("d2")));
        done("copy", "@source/d0", "vault:new/deep");
        assertThat(done("lsf", "-R", "--files-only", "vault:new").lines())
                .containsExactlyInAnyOrder("deep/file0", "deep/file3", "deep/file6");
        assertThat(typed.keyed(
                                "check",
                                "--crypt-names",
                                names,
                                "--crypt-directory-names",
                                directories,
                                "--one-way",
                                "@source",
                                "crypt:@stored")
                        .exit())
                .isZero();
    }

    @Test
    void itsSecretsAreNeverShown() {
        add();

        for (String[] shown : List.of(
                new String[] {"credential", "show", "vault"}, new String[] {"credential", "show", "--json", "vault"})) {
            assertThat(done(shown).out()).contains("crypt-password").doesNotContain("potato", "sausage");
        }
    }

    @Test
    void verifyingItProvesItsPassword() {
        add();
        done("sync", "@source", "vault:");
        done("credential", "verify", "vault");
        done("credential", "edit", "vault", "--secret-file", "crypt-password=" + folder.resolve("wrong"));

        Ended verified = typed.run("credential", "verify", "vault");

        assertThat(verified.exit()).isNotZero();
        assertThat(verified.out() + verified.err()).contains("decrypts");
        for (String place : List.of("vault:", "vault:d1", "vault:new")) {
            Ended synced = typed.run("sync", "@source", place);
            assertThat(synced.exit()).as(place).isEqualTo(2);
            assertThat(synced.err()).contains("decrypts");
        }
    }

    @Test
    void pathThatLeadsOutOfItIsRefused() {
        add();

        assertThat(typed.run("ls", "vault:../other").exit()).isEqualTo(2);
        assertThat(Files.exists(stored)).isFalse();
    }
}
