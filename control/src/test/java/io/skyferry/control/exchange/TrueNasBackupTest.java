package io.skyferry.control.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.Cron;
import io.skyferry.control.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrueNasBackupTest {
    private static final ImportWishes ALL =
            new ImportWishes(Doing.KEEP, Keeping.WHAT_CAN_BE, Map.of(), Optional.empty());
    private static final byte[] SEED = seed(0);
    private static final String CHECK = "AAECAwQFBgebNHtPiH1BeWJRzTbGgU+5Un8tHwl4MF35lofsFe9Hng==";

    /// `{"access_key_id": "AKIA", "secret_access_key": "s3cr3t", "endpoint": "", "region": ""}`.
    private static final String ACCOUNT = "AAECAwQFBgekeXRZn2sTcUZB0zTik1DgEyR0JTlKCgSuzd7kC/dOgMmeIDOdFAzFVaxB2dO"
            + "hj0iElOGIZEG0nXk7z+js5H1Q5Ckp/fEiv3g4MeON0Niom9z+esVMTXX7qYgod53x91M=";

    private final Path folder;
    private final Desks desks;

    TrueNasBackupTest(@TempDir Path folder) {
        this.folder = folder;
        this.desks = new Desks(folder);
    }

    @AfterEach
    void end() {
        desks.close();
    }

    private static byte[] seed(int from) {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (from + i);
        }
        return seed;
    }

    private static String kept(String text) throws GeneralSecurityException {
        StringBuilder filled = new StringBuilder(text).append('{');
        while (filled.length() % 32 != 0) {
            filled.append('{');
        }
        byte[] counter = Arrays.copyOf(new byte[] {9, 8, 7, 6, 5, 4, 3, 2}, 16);
        counter[15] = 1;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SEED, "AES"), new IvParameterSpec(counter));
        var bytes = new ByteArrayOutputStream();
        bytes.write(counter, 0, 8);
        bytes.writeBytes(cipher.doFinal(filled.toString().getBytes(StandardCharsets.UTF_8)));
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// As CORE 13 left it: no `include`, a limit that is an object, one task of each kind.
    private byte[] database() throws SQLException, IOException, GeneralSecurityException {
        Path file = folder.resolve("freenas-v1.db");
        Files.deleteIfExists(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            // What is kept in the newer way of writing has to be readable as well.
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table system_settings(id integer, stg_pwenc_check text)");
            statement.execute("insert into system_settings values (1, '%s')".formatted(CHECK));
            statement.execute(
                    "create table system_cloudcredentials(id integer, name text, provider text," + " attributes text)");
            statement.execute(
                    "insert into system_cloudcredentials values (3, 'amazon', 'S3', '%s')".formatted(ACCOUNT));
            statement.execute("create table tasks_cloudsync(id integer, description text, path text,"
                    + " credential_id integer, attributes text, minute text, hour text, daymonth text, month text,"
                    + " dayweek text, pre_script text, post_script text, snapshot integer, exclude text, args text,"
                    + " enabled integer, job text, direction text, transfer_mode text, bwlimit text,"
                    + " transfers integer, encryption integer, filename_encryption integer,"
                    + " encryption_password text, encryption_salt text, follow_symlinks integer)");
            statement.execute(("insert into tasks_cloudsync values (7, 'photos', '/mnt/tank/photos', 3,"
                            + " '{\"bucket\":\"b\",\"folder\":\"/p\",\"fast_list\":true,\"encryption\":null,"
                            + "\"region\":null}', '00', '3', '1', '*', 'sun', '', '', 0, '[\"*.tmp\"]', '', 1, 'null',"
                            + " 'PUSH', 'SYNC', '{}', null, 1, 0, '%s', '%s', 1)")
                    .formatted(kept("hush{}"), kept("a salt of thirty-two characters.")));
        }
        return Files.readAllBytes(file);
    }

    private static byte[] entry(String name, byte[] content) {
        byte[] block = new byte[512 + (content.length + 511) / 512 * 512];
        byte[] called = name.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(called, 0, block, 0, called.length);
        byte[] size = String.format(Locale.ROOT, "%011o", content.length).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(size, 0, block, 124, size.length);
        block[156] = '0';
        System.arraycopy("ustar".getBytes(StandardCharsets.ISO_8859_1), 0, block, 257, 5);
        System.arraycopy(content, 0, block, 512, content.length);
        return block;
    }

    private static byte[] archive(byte[]... entries) {
        var all = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            all.writeBytes(entry);
        }
        all.writeBytes(new byte[1024]);
        return all.toByteArray();
    }

    private ImportReport take(byte[] file, Optional<byte[]> seed, SecretSource secrets) {
        TrueNasExport export = TrueNasBackup.read(List.of(file), seed.map(TrueNasSeed::of));
        return desks.imports().trueNas(export, ALL, secrets, Desks.ROOT);
    }

    @Test
    void secretOpensWhatWasKeptUnderIt() {
        TrueNasSeed seed = TrueNasSeed.of(SEED);
        assertThat(seed.opened(CHECK)).contains("Donuts!");
        assertThat(seed.fits(CHECK)).isTrue();
        assertThat(TrueNasSeed.of(seed(1)).fits(CHECK)).isFalse();
        assertThat(seed.opened(ACCOUNT))
                .hasValueSatisfying(text -> assertThat(text)
                        .isEqualTo("{\"access_key_id\": \"AKIA\", \"secret_access_key\": \"s3cr3t\","
                                + " \"endpoint\": \"\", \"region\": \"\"}"));
        assertThat(seed.opened("no base64!")).isEmpty();
        assertThat(seed.opened("AAEC")).isEmpty();
        assertThatThrownBy(() -> TrueNasSeed.of(new byte[31])).isInstanceOf(RefusedException.class);
    }

    @Test
    void databaseWithItsSecretComesAsAWhole() throws Exception {
        ImportReport report = take(
                archive(entry("freenas-v1.db", database()), entry("pwenc_secret", SEED)),
                Optional.empty(),
                SecretSource.NONE);

        assertThat(report.lines()).extracting(Line::fate).containsOnly(Fate.MADE);
        assertThat(desks.opened("amazon"))
                .containsEntry("access-key-id", "AKIA")
                .containsEntry("secret-access-key", "s3cr3t");
        Task task = desks.tasks().named("photos");
        assertThat(task.fields().timing().cron()).isEqualTo(new Cron("00", "3", "1", "*", "sun"));
        assertThat(task.fields().timing().enabled()).isTrue();
        assertThat(task.fields().carrying().exclude()).containsExactly("*.tmp");
        assertThat(task.fields().carrying().followSymlinks()).isTrue();
        assertThat(task.fields().carrying().transfers()).isEmpty();
        // A brace at the end of a password is kept where another letter stands behind it.
        assertThat(desks.secretsOf(task))
                .isEqualTo(
                        Map.of("encryption_password", "hush{}", "encryption_salt", "a salt of thirty-two characters."));
    }

    @Test
    void withoutItsSecretAllThatWasKeptUnderItIsAskedFor() throws Exception {
        byte[] database = database();
        ImportReport none = take(database, Optional.empty(), SecretSource.NONE);
        assertThat(none.lines()).extracting(Line::fate).containsExactly(Fate.MADE, Fate.MADE);
        assertThat(none.lines().getFirst().words()).contains("secrets are missing: access_key_id, secret_access_key;");
        assertThat(none.lines().getLast().words()).contains("encryption_password, encryption_salt");
        assertThat(desks.tasks().named("photos").fields().timing().enabled()).isFalse();

        ImportReport asked = take(database, Optional.empty(), (owner, field) -> Optional.of(owner + " " + field));
        assertThat(asked.lines()).extracting(Line::fate).containsExactly(Fate.UPDATED, Fate.UPDATED);
        assertThat(desks.opened("amazon")).containsEntry("secret-access-key", "amazon secret_access_key");
        assertThat(desks.secretsOf(desks.tasks().named("photos")))
                .containsEntry("encryption_salt", "photos encryption_salt");
    }

    @Test
    void secretOfAnotherMachineIsRefused() throws Exception {
        byte[] database = database();
        assertThatThrownBy(() -> TrueNasBackup.read(List.of(database), Optional.of(TrueNasSeed.of(seed(1)))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another's");
    }

    @Test
    void whatIsNoConfigurationIsRefusedInWords() throws Exception {
        byte[] damaged = database();
        Arrays.fill(damaged, 100, damaged.length, (byte) 0x5A);
        byte[] cut = archive(entry("freenas-v1.db", database()));
        List<byte[]> wrong = List.of(
                damaged,
                Arrays.copyOf(cut, 5_000),
                archive(entry("other.db", SEED)),
                archive(entry("freenas-v1.db", SEED)),
                new byte[] {(byte) 0xFF, 0, 1},
                new byte[0]);
        for (byte[] one : wrong) {
            assertThatThrownBy(() -> TrueNasBackup.read(List.of(one), Optional.empty()))
                    .isInstanceOf(RefusedException.class);
        }
    }
}
