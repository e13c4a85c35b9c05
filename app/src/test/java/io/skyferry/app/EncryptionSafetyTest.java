package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Typed.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What other programs for the format get wrong, through the commands.
class EncryptionSafetyTest {
    private static final int SEALED = 65_552;
    private static final String CHECK = "skyferry-key-check.v1";

    private final Path folder;
    private final Path plain;
    private final Path vault;
    private final Typed typed;

    EncryptionSafetyTest(@TempDir Path folder) {
        this.folder = folder;
        this.plain = folder.resolve("plain");
        this.vault = folder.resolve("vault");
        this.typed = new Typed(folder);
        var random = new Random(9);
        for (int i = 0; i < 30; i++) {
            Trees.put(plain.resolve("d" + i % 3 + "/file" + i), 100 + i, random);
        }
        Trees.put(plain.resolve("big/one"), 200_000, random);
        Trees.put(plain.resolve("big/two"), 200_001, random);
        Trees.put(plain.resolve("big/twin"), 200_001, random);
    }

    private Ended push(String... more) {
        return sync("@plain", "crypt:@vault", more);
    }

    private Ended pull(String... more) {
        return sync("crypt:@vault", "@plain", more);
    }

    private Ended sync(String from, String to, String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"sync", "--json", from, to}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return typed.keyed(arguments);
    }

    private Path stored(String path) {
        return vault.resolve(typed.run("crypt", "encode", "--password-file", "@password", "--salt-file", "@salt", path)
                .report());
    }

    private static void edit(Path file, UnaryOperator<byte[]> change) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            Files.write(file, change.apply(Files.readAllBytes(file)));
            Files.setLastModifiedTime(file, time);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void forgetPairs() throws IOException {
        Files.delete(folder.resolve("home/pairs")
                .toFile()
                .listFiles((_, name) -> name.endsWith(".db"))[0]
                .toPath());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALossOfPowerCutAtTheTargetIsToldOnceAndStoredAgain(boolean remembered) throws IOException {
        push();
        edit(stored("d0/file0"), _ -> new byte[0]);
        edit(stored("d1/file1"), all -> Arrays.copyOf(all, 40));
        edit(stored("big/one"), all -> new byte[SEALED + 33]);
        if (!remembered) {
            forgetPairs();
        }

        Ended told = push();
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.report()).contains("\"failed\":3");
        assertThat(push().exit()).isZero();
        assertThat(pull("--dry-run", "--checksum").report()).contains("\"transferred\":{\"files\":0");
    }

    @ParameterizedTest
    @CsvSource({
        "wrong, salt, standard, true",
        "password, wrong, standard, true",
        "wrong, salt, standard, false",
        "wrong, salt, obfuscate, true",
        "wrong, salt, obfuscate, false",
        "wrong, salt, off, true",
        "wrong, salt, off, false",
    })
    void wrongPasswordOrSaltEndsEveryCommandBeforeAnyEffect(
            String password, String salt, String names, boolean withCheck) throws IOException {
        push("--crypt-names", names);
        if (!withCheck) {
            Files.delete(vault.resolve(CHECK));
        }
        Map<String, String> encrypted = Trees.of(vault);
        Map<String, String> before = Trees.of(plain);
        for (String[] command : new String[][] {
            {"sync", "crypt:@vault", "@plain"},
            {"sync", "--max-delete", "off", "--allow-empty-source", "--ignore-errors", "crypt:@vault", "@plain"},
            {"sync", "--dry-run", "crypt:@vault", "@plain"},
            {"copy", "crypt:@vault", "@new"},
            {"move", "crypt:@vault", "@new"},
            {"sync", "@plain", "crypt:@vault"},
            {"copy", "--no-traverse", "@plain", "crypt:@vault"},
            {"move", "@plain", "crypt:@vault"},
            {"copy", "--compare-dest", "crypt:@vault", "@plain", "@new"},
            {"check", "@plain", "crypt:@vault"},
            {"ls", "crypt:@vault"},
            {"size", "crypt:@vault"},
            {"cat", "crypt:@vault"},
            {"delete", "crypt:@vault"},
            {"rmdirs", "crypt:@vault"},
            {"mkdir", "crypt:@vault"},
        }) {
            String[] arguments = Arrays.copyOf(command, command.length + 2);
            arguments[command.length] = "--crypt-names";
            arguments[command.length + 1] = names;
            Ended ended = typed.with(password, salt, arguments);
            assertThat(ended.exit()).as(String.join(" ", command)).isEqualTo(2);
            assertThat(ended.err()).contains("password").doesNotContain("potato", "sausage");
        }
        assertThat(Trees.of(vault)).isEqualTo(encrypted);
        assertThat(Trees.of(plain)).isEqualTo(before);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void emptyFolderTakesAnyKeyAndAWrongOneNeverLocksOutTheRightOne() throws IOException {
        Files.createDirectories(vault);
        assertThat(typed.with("wrong", "salt", "ls", "crypt:@vault").exit()).isZero();
        assertThat(vault.toFile().list()).as("looking leaves nothing behind").isEmpty();

        assertThat(push().exit()).isZero();
        assertThat(vault.resolve(CHECK)).exists();
        assertThat(typed.with("wrong", "salt", "sync", "@plain", "crypt:@vault").exit())
                .isEqualTo(2);
        assertThat(push().exit()).isZero();
    }

    @Test
    void keyCheckOfSomebodyElseDoesNotLockOutTheKeyThatOpensTheData() throws IOException {
        push();
        Files.writeString(vault.resolve(CHECK), "something else");

        assertThat(push().exit()).isZero();
        assertThat(vault.resolve(CHECK)).hasContent("something else");
        assertThat(typed.with("wrong", "salt", "ls", "crypt:@vault").exit()).isEqualTo(2);
    }

    @Test
    void placeThatMayNotBeWrittenGetsNoKeyCheckAndIsRead() throws IOException {
        push();
        Files.delete(vault.resolve(CHECK));

        assertThat(typed.keyed("check", "@plain", "crypt:@vault").exit()).isZero();
        assertThat(pull().exit()).isZero();
        assertThat(vault.resolve(CHECK)).as("reading leaves none").doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readme.txt", "d0", "GU7UR447E1RCQNUUIMPMS8J88O"})
    void unencryptedFilesAreToldAndNeverDeletedAndHoldBackAllDeletes(String name) throws IOException {
        push();
        Files.writeString(vault.resolve(name), "not encrypted");
        Files.delete(plain.resolve("d0/file0"));

        Ended pushed = push();
        assertThat(pushed.exit()).isEqualTo(1);
        assertThat(pushed.report()).contains("\"verdict\":\"failed\"", "\"deleted\":0");
        assertThat(pushed.err()).contains(name);
        assertThat(vault.resolve(name)).hasContent("not encrypted");
        assertThat(stored("d0/file0")).exists();
        Ended listed = typed.keyed("ls", "crypt:@vault");
        assertThat(listed.exit()).isEqualTo(1);
        assertThat(listed.err()).contains(name);
        assertThat(typed.keyed("check", "@plain", "crypt:@vault").exit()).isEqualTo(1);
    }

    @Test
    void oneNameThatDoesNotDecryptHoldsBackTheDeletesOfARunFromThere() throws IOException {
        push();
        Path file = stored("d1/file1");
        String damaged = file.getFileName().toString().startsWith("0") ? "1" : "0";
        Files.move(
                file,
                file.resolveSibling(damaged + file.getFileName().toString().substring(1)));
        Map<String, String> before = Trees.of(plain);

        Ended pulled = pull("--max-delete", "off");

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.report()).contains("\"deleted\":0");
        assertThat(Trees.of(plain)).isEqualTo(before);
    }

    @Test
    void oneBlockThatDoesNotDecryptFailsTheRunAndHoldsBackTheDeletes() throws IOException {
        push();
        edit(stored("big/one"), bytes -> {
            bytes[100_000] ^= 1;
            return bytes;
        });
        Files.writeString(plain.resolve("only-here"), "x");
        Map<String, String> before = Trees.of(plain);

        Ended pulled = pull();

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.report()).contains("\"deleted\":0", "\"failed\":1");
        assertThat(pulled.err()).contains("big/one", "does not decrypt");
        assertThat(Trees.of(plain)).isEqualTo(before);
        assertThat(sync("crypt:@vault", "@fresh").exit()).isEqualTo(1);
        assertThat(folder.resolve("fresh/big/one")).doesNotExist();
        assertThat(folder.resolve("fresh/big/two")).exists();
    }

    /// How one encrypted file is made of others' blocks.
    enum Tampering {
        DROPPED,
        REORDERED,
        FOREIGN,
        NEXT_NONCE;

        byte[] of(byte[] file, byte[] other) {
            byte[] made = file.clone();
            return switch (this) {
                case DROPPED -> {
                    System.arraycopy(file, 32 + SEALED, made, 32, file.length - 32 - SEALED);
                    yield Arrays.copyOf(made, file.length - SEALED);
                }
                case REORDERED -> {
                    System.arraycopy(file, 32, made, 32 + SEALED, SEALED);
                    System.arraycopy(file, 32 + SEALED, made, 32, SEALED);
                    yield made;
                }
                case FOREIGN -> {
                    System.arraycopy(other, 32 + SEALED, made, 32 + SEALED, SEALED);
                    yield made;
                }
                case NEXT_NONCE -> {
                    System.arraycopy(file, 32 + SEALED, made, 32, file.length - 32 - SEALED);
                    made[8]++;
                    yield Arrays.copyOf(made, file.length - SEALED);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROPPED", "REORDERED", "FOREIGN"})
    void blocksThatWereDroppedReorderedOrComeFromElsewhereAreFound(Tampering tampering) throws IOException {
        push();
        byte[] other = Files.readAllBytes(stored("big/two"));
        edit(stored("big/one"), bytes -> tampering.of(bytes, other));

        Ended pulled = sync("crypt:@vault", "@fresh");

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.err()).contains("big/one");
        assertThat(folder.resolve("fresh/big/one")).doesNotExist();
        assertThat(typed.keyed("check", "@plain", "crypt:@vault").exit()).isEqualTo(1);
    }

    @Test
    void fileThatWasCutAtTheEdgeOfABlockNeverReplacesAWholeOne() throws IOException {
        push();
        assertThat(pull().exit()).isZero();
        Map<String, String> before = Trees.of(plain);
        edit(stored("big/one"), bytes -> Arrays.copyOf(bytes, 32 + 2 * SEALED));

        Ended pulled = pull();

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.report()).contains("\"deleted\":0", "\"failed\":1");
        assertThat(pulled.err()).contains("big/one");
        assertThat(Trees.of(plain)).isEqualTo(before);
        Ended checked = typed.keyed("check", "@plain", "crypt:@vault");
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.err()).contains("big/one");
        assertThat(push().report()).contains("\"files\":1", "\"verdict\":\"success\"");
        assertThat(typed.keyed("check", "--download", "@plain", "crypt:@vault").exit())
                .isZero();
    }

    @Test
    void fileWhoseFirstBlockWasDroppedWithTheNonceCountedOnIsFoundFromTheMemory() throws IOException {
        push();
        pull();
        Map<String, String> before = Trees.of(plain);
        edit(stored("big/one"), bytes -> Tampering.NEXT_NONCE.of(bytes, bytes));

        assertThat(typed.keyed("check", "@plain", "crypt:@vault").exit()).isEqualTo(1);
        Ended pulled = pull();
        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(Trees.of(plain)).isEqualTo(before);
        assertThat(push().report()).contains("\"files\":1", "\"verdict\":\"success\"");
    }

    private void exchange(String one, String other) throws IOException {
        Path first = stored(one);
        Path second = stored(other);
        byte[] bytes = Files.readAllBytes(first);
        byte[] others = Files.readAllBytes(second);
        edit(first, _ -> others);
        edit(second, _ -> bytes);
        Files.setLastModifiedTime(first, Files.getLastModifiedTime(second));
    }

    @Test
    void filesThatWereExchangedAreFoundAndPutRight() throws IOException {
        push();
        exchange("big/two", "big/twin");

        assertThat(typed.keyed("check", "@plain", "crypt:@vault").exit()).isEqualTo(1);
        assertThat(push().report()).contains("\"files\":2", "\"verdict\":\"success\"");
        assertThat(typed.keyed("check", "--download", "@plain", "crypt:@vault").exit())
                .isZero();
    }

    @Test
    void filesThatWereExchangedReplaceNothing() throws IOException {
        push();
        pull();
        Map<String, String> before = Trees.of(plain);
        exchange("big/two", "big/twin");

        Ended pulled = pull();

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.err()).contains("big/two", "big/twin");
        assertThat(Trees.of(plain)).isEqualTo(before);
    }

    @Test
    void copyOfAnotherFileInTheFilesPlaceReplacesNothing() throws IOException {
        push();
        pull();
        Map<String, String> before = Trees.of(plain);
        Files.copy(stored("big/two"), stored("big/one"), StandardCopyOption.REPLACE_EXISTING);

        Ended pulled = pull();

        assertThat(pulled.exit()).isEqualTo(1);
        assertThat(pulled.err()).contains("big/one", "big/two");
        assertThat(Trees.of(plain)).isEqualTo(before);
    }

    @Test
    void fileThatWasReallyEditedThereIsBrought() throws IOException {
        push();
        pull();
        Files.createDirectories(folder.resolve("other"));
        assertThat(sync("crypt:@vault", "@other").exit()).isZero();
        Files.writeString(folder.resolve("other/big/one"), "edited elsewhere");
        assertThat(sync("@other", "crypt:@vault").exit()).isZero();

        Ended pulled = pull();

        assertThat(pulled.report()).contains("\"files\":1", "\"verdict\":\"success\"");
        assertThat(plain.resolve("big/one")).hasContent("edited elsewhere");
    }

    @Test
    void namesTooLongForTheTargetAreFoundWhilePlanningWithTheFileNamed() throws IOException {
        String fits = "a".repeat(143);
        String tooLong = "b".repeat(144);
        Files.writeString(plain.resolve(fits), "fits");
        Files.writeString(plain.resolve(tooLong), "does not");

        Ended planned = push("--dry-run");
        assertThat(vault).doesNotExist();
        assertThat(planned.exit()).isEqualTo(1);
        assertThat(planned.err()).contains(tooLong).doesNotContain(fits);
        Ended pushed = push();
        assertThat(pushed.exit()).isEqualTo(1);
        assertThat(pushed.err()).contains(tooLong).doesNotContain(fits);
        assertThat(stored(fits)).exists();
    }

    @Test
    void checkDecryptsWhatTheMemoryCannotVouchFor() throws IOException {
        push();
        forgetPairs();
        edit(stored("d0/file0"), bytes -> {
            bytes[60] ^= 1;
            return bytes;
        });

        Ended checked = typed.keyed("check", "@plain", "crypt:@vault");

        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.err()).contains("d0/file0", "does not decrypt");
    }
}
