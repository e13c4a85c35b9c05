package io.skyferry.control.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.Task;
import java.nio.file.Path;
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

    private static final ImportWishes ALL = new ImportWishes(Keeping.WHAT_CAN_BE, Map.of(), Optional.of("/srv"));

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
                .containsExactlyInAnyOrder("veiled", "photos", "ring");
        assertThat(report.lines().toString()).doesNotContain("s3cr3t").doesNotContain("password");
        assertThat(take(new ImportWishes(Keeping.NOTHING, Map.of(), Optional.empty()))
                        .lines())
                .anySatisfy(line -> assertThat(line.words()).contains("--local"));
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
}
