package io.skyferry.control.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.Task;
import io.skyferry.storage.StorageSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RcloneRemotesTest {
    private static final String CONFIG = """
            [work]
            type = s3
            provider = Minio
            access_key_id = AKIA
            secret_access_key = `s3cr3t`
            endpoint = http://127.0.0.1:9000
            force_path_style = true
            [deep]
            type = alias
            remote = shallow:b/c
            [shallow]
            type = alias
            remote = work:a/
            [secret]
            type = crypt
            remote = work:bucket/dir
            password = drowssap
            password2 = tlas
            directory_name_encryption = false
            filename_encryption = standard
            [box]
            type = crypt
            remote = /mnt/box
            password = drowssap
            filename_encryption = off
            suffix = .enc
            [veiled]
            type = crypt
            remote = work:bucket/veiled
            password = drowssap
            filename_encryption = obfuscate
            [photos]
            type = drive
            [ring]
            type = alias
            remote = ring:x
            """;

    private static final ImportWishes TRIAL =
            new ImportWishes(Doing.TELL, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty());
    private static final ImportWishes ALL =
            new ImportWishes(Doing.KEEP, Keeping.WHAT_CAN_BE, Map.of(), Optional.of("/srv"));

    /// Written by rclone 1.60 under the password "p\u00f6tato".
    private static final String ENCRYPTED = """
            # Encrypted rclone configuration File

            RCLONE_ENCRYPT_V0:
            dcMa9r6GKU6EEYIHxOLockJHXBuqHAk52GfBTJveJss2N4b+2nm8VQP3vTNekxu1bPhVWmq+jwWQBr2G/qF22RUKLgiYxiVOjfOP+jtC7zJrDEaYTxLKhIH9CWgsdqkQJsS3skDtTmLVIRUXWSnioVqHwnTG21CMRNSIips21tOtTb60qCQP3DaUj8eaTv4iAqiSJg0xg+IxmoOS
            """;

    private final Desks desks;

    RcloneRemotesTest(@TempDir Path home) {
        desks = new Desks(home);
    }

    @AfterEach
    void end() {
        desks.close();
    }

    private ImportReport take(ImportWishes wishes) {
        return desks.imports().rclone(RcloneRemotes.read(CONFIG, new Desks.Backwards()), wishes, Desks.ROOT);
    }

    @Test
    void aliasesAreFollowedToTheirAccount() {
        take(ALL);

        assertThat(desks.opened("deep"))
                .containsEntry("path", "a/b/c")
                .containsEntry("secret-access-key", "s3cr3t")
                .containsEntry("path-style", "on");
        assertThat(desks.credentials().get("deep").provider()).isEqualTo("s3");
    }

    @Test
    void encryptedRemotesBecomeTasksWithTheSameEncryption() {
        take(ALL);

        Task secret = desks.tasks().named("secret");
        assertThat(secret.fields().path()).isEqualTo("/srv/secret");
        assertThat(secret.fields().attributes()).isEqualTo(Map.of("bucket", "bucket", "folder", "dir"));
        assertThat(secret.fields().encrypting().names()).isTrue();
        assertThat(secret.fields().encrypting().directoryNames()).isFalse();
        assertThat(secret.fields().timing().enabled()).isFalse();
        assertThat(desks.secretsOf(secret))
                .isEqualTo(Map.of("encryption_password", "password", "encryption_salt", "salt"));
        Task box = desks.tasks().named("box");
        assertThat(box.fields().encrypting().names()).isFalse();
        assertThat(box.fields().encrypting().suffix()).isEqualTo(".enc");
        assertThat(desks.opened("box-base")).containsEntry("path", "/mnt/box");
    }

    @Test
    void whatCannotBeIsToldOneByOne() {
        ImportReport report = take(ALL);

        assertThat(report.lines().stream().filter(line -> line.fate() == Fate.LEFT_OUT))
                .extracting(Line::name)
                .containsExactlyInAnyOrder("veiled", "photos");
        assertThat(report.lines().stream().filter(line -> line.fate() == Fate.REFUSED))
                .extracting(Line::name)
                .containsExactly("ring");
        assertThat(report.lines().toString()).doesNotContain("s3cr3t").doesNotContain("password");
    }

    @Test
    void encryptedRemotesBecomeEncryptedAccountsWithoutAFolderForTasks() {
        ImportWishes wishes = new ImportWishes(Doing.KEEP, Keeping.WHAT_CAN_BE, Map.of(), Optional.empty());

        take(wishes);
        ImportReport again = take(wishes);

        assertThat(desks.tasks().list()).isEmpty();
        assertThat(again.lines().stream().filter(line -> line.name().equals("secret")))
                .extracting(Line::fate)
                .containsExactly(Fate.UPDATED);
        assertThat(desks.credentials().saved(new StorageSpec("secret", Map.of())))
                .containsEntry("path", "bucket/dir")
                .containsEntry("access-key-id", "AKIA")
                .containsEntry("crypt-password", "password")
                .containsEntry("crypt-salt", "salt")
                .containsEntry("crypt-directory-names", "off");
        assertThat(desks.credentials().saved(new StorageSpec("veiled", Map.of())))
                .containsEntry("crypt-names", "obfuscate");
        assertThat(desks.credentials().get("box").provider()).isEqualTo("local");
    }

    @Test
    void nothingIsKeptWhereSomethingIsWrongUnlessAPartIsAskedFor() {
        var wishes = new ImportWishes(Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty());

        ImportReport wrong = take(wishes);
        assertThat(wrong.done()).isFalse();
        assertThat(desks.credentials().list()).isEmpty();
        ImportReport right = take(CONFIG.replace("ring:x", "work:x"), wishes);
        assertThat(right.done()).isTrue();
        assertThat(right.lines())
                .filteredOn(line -> line.fate() == Fate.LEFT_OUT)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.name()).isEqualTo("photos");
                    assertThat(line.words()).contains("'drive'");
                });
        assertThat(desks.credentials().list()).hasSize(7);
    }

    private ImportReport take(String config, ImportWishes wishes) {
        return desks.imports().rclone(RcloneRemotes.read(config, new Desks.Backwards()), wishes, Desks.ROOT);
    }

    @Test
    void whatLeadsToNothingKnownIsLeftOutAndWhatLeadsNowhereIsWrong() {
        Map<String, Fate> fates = new LinkedHashMap<>();
        take("""
                [photos]
                type = drive
                [below]
                type = alias
                remote = photos:2020
                [sealed]
                type = crypt
                remote = below:sealed
                password = drowssap
                [again]
                type = crypt
                remote = sealed:x
                password = drowssap
                [spot]
                type = alias
                remote = :s3,env_auth:bucket
                [open]
                type = crypt
                remote = /mnt/open
                password = drowssap
                no_data_encryption = true
                [both]
                type = union
                upstreams = /a /b
                [begun]
                [lost]
                type = alias
                remote = gone:x
                [bare]
                type = crypt
                remote = /mnt/bare
                [short]
                type = alias
                """, TRIAL).lines().forEach(line -> fates.put(line.name(), line.fate()));

        assertThat(fates)
                .isEqualTo(Map.ofEntries(
                        Map.entry("photos", Fate.LEFT_OUT),
                        Map.entry("below", Fate.LEFT_OUT),
                        Map.entry("sealed", Fate.LEFT_OUT),
                        Map.entry("again", Fate.LEFT_OUT),
                        Map.entry("spot", Fate.LEFT_OUT),
                        Map.entry("open", Fate.LEFT_OUT),
                        Map.entry("both", Fate.LEFT_OUT),
                        Map.entry("begun", Fate.LEFT_OUT),
                        Map.entry("lost", Fate.REFUSED),
                        Map.entry("bare", Fate.REFUSED),
                        Map.entry("short", Fate.REFUSED)));
    }

    @Test
    void whatTheConfigurationHasNoMoreIsGoneAfterASecondImport() {
        String config = """
                [work]
                type = s3
                provider = Minio
                access_key_id = AKIA
                secret_access_key = s3cr3t
                region = here
                acl = private
                v2_auth = true
                [sealed]
                type = crypt
                remote = work:bucket/dir
                password = drowssap
                password2 = tlas
                filename_encryption = off
                directory_name_encryption = false
                suffix = .enc
                """;
        var wishes = new ImportWishes(Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty());
        take(config, wishes);
        desks.credentials().edit("work", Optional.empty(), SettingChanges.of(Map.of("checksum", "md5")));
        assertThat(saved("sealed"))
                .containsEntry("crypt-salt", "salt")
                .containsEntry("crypt-names", "off")
                .containsEntry("crypt-directory-names", "off")
                .containsEntry("crypt-suffix", ".enc")
                .containsEntry("signature", "v2");

        ImportReport again = take("""
                [work]
                type = s3
                env_auth = true
                [sealed]
                type = crypt
                remote = work:bucket
                password = drowssap
                """, wishes);

        assertThat(again.lines()).extracting(Line::fate).containsOnly(Fate.UPDATED);
        // What rclone has no word for is nobody's but ours.
        assertThat(saved("work")).isEqualTo(Map.of("checksum", "md5"));
        assertThat(saved("sealed")).isEqualTo(Map.of("path", "bucket", "crypt-password", "password"));
    }

    private Map<String, String> saved(String credential) {
        return desks.credentials().saved(new StorageSpec(credential, Map.of()));
    }

    @Test
    void optionsThatAreNotKnownAreToldOfEncryptedRemotesToo() {
        ImportReport report =
                take("""
                [work]
                type = s3
                env_auth = true
                upload_cutoff = 8M
                chunk_size = 64M
                [sealed]
                type = crypt
                remote = work:bucket
                password = drowssap
                """, new ImportWishes(Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty()));

        assertThat(report.lines()).extracting(Line::words).containsOnly("left out, not known here: upload_cutoff");
        assertThat(saved("sealed")).containsEntry("part-size", Long.toString(64L << 20));
    }

    @Test
    void secondImportChangesWhatTheFirstOneMade() {
        take(ALL);
        ImportReport again = take(ALL);

        assertThat(again.lines()).extracting(Line::fate).doesNotContain(Fate.MADE);
        assertThat(desks.tasks().list()).hasSize(2);
    }

    @Test
    void encryptedConfigurationOpensWithItsPasswordAlone() {
        assertThat(RcloneSecret.isEncrypted(ENCRYPTED)).isTrue();
        assertThat(RcloneSecret.isEncrypted(CONFIG)).isFalse();
        assertThat(RcloneSecret.opened(ENCRYPTED, "p\u00f6tato")).contains("secret_access_key = s3cr3t");
        // The same letters in another form of Unicode.
        assertThat(RcloneSecret.opened(ENCRYPTED, "po\u0308tato")).contains("[work]");
        for (String wrong : List.of("potato", "", "p\u00f6tato ")) {
            assertThatThrownBy(() -> RcloneSecret.opened(ENCRYPTED, wrong)).isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> RcloneSecret.opened(ENCRYPTED.replace("V0", "V9"), "x"))
                .hasMessageContaining("version");
        assertThatThrownBy(() -> RcloneSecret.opened("RCLONE_ENCRYPT_V0:\nAAAA", "x"))
                .hasMessageContaining("cut short");
    }

    @Test
    void exportNamesEverythingThatRcloneNeeds() {
        take(ALL);
        String text = new RcloneExport(desks.credentials(), desks.tasks(), new Desks.Backwards()).text();
        Task secret = desks.tasks().named("secret");

        assertThat(text)
                .contains("[work]\ntype = s3\nprovider = Minio\n")
                .contains("secret_access_key = s3cr3t")
                .contains("[deep]\ntype = alias\nremote = deep-account:a/b/c")
                .contains("[task-%s]\ntype = crypt\nremote = work:bucket/dir\n".formatted(secret.id()))
                .contains("password = drowssap\npassword2 = tlas");
    }

    @Test
    void exportOfAnEncryptedAccountSaysHowItsNamesAreAndNothingOfOurs() {
        desks.credentials()
                .add(
                        "sealed",
                        "s3",
                        SettingChanges.of(Map.of(
                                "path", "bucket",
                                "anonymous", "on",
                                "checksum", "crc32c",
                                "part-size", "16777216",
                                "crypt-password", "password",
                                "crypt-names", "off",
                                "crypt-directory-names", "off")));
        String text = new RcloneExport(desks.credentials(), desks.tasks(), new Desks.Backwards()).text();

        assertThat(text).isEqualTo("""
                [sealed-stored]
                type = alias
                remote = sealed-stored-account:bucket

                [sealed-stored-account]
                type = s3
                provider = AWS
                env_auth = false
                chunk_size = 16777216B

                [sealed]
                type = crypt
                remote = sealed-stored:
                filename_encryption = off
                directory_name_encryption = false
                password = drowssap

                """);
    }
}
