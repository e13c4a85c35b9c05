package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.app.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moving in and out by commands, in whole processes.
@Tag("slow")
class ImportCommandsTest {
    private static final String EXPORT = """
            [{"id":1,"description":"letters","path":"/mnt/tank/letters","direction":"PUSH","transfer_mode":"COPY",
              "credentials":{"id":1,"name":"amazon","provider":{"type":"S3","access_key_id":"AKIA",
                "secret_access_key":"********","endpoint":"https://s3.example"}},
              "attributes":{"bucket":"b","folder":"/x"},
              "schedule":{"minute":"00","hour":"3","dom":"*","month":"*","dow":"*"},
              "encryption":true,"filename_encryption":true,"encryption_password":"********","encryption_salt":"",
              "enabled":true}]""";

    private final Path folder;
    private final Program program;

    ImportCommandsTest(@TempDir Path folder) {
        this.folder = folder;
        this.program = new Program(folder.resolve("home"), Map.of("RCLONE_CONFIG_PASS", "p\u00f6tato"));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void hiddenSecretsComeFromAFileAndNothingIsKeptByATrial() throws IOException {
        program.run("config", "set", "allowed-folders", folder.toString());
        String export = write("tasks.json", EXPORT);
        String path = "/mnt/tank=" + folder;

        Ended without = program.run("import", "truenas", "--path", path, "--strict", export);
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.out())
                .contains("secrets are missing: secret_access_key", "encryption_password", "Nothing was changed");
        String elsewhere = write("elsewhere.json", EXPORT.replace("/mnt/tank/letters", "/opt/letters"));
        Ended wrong = program.run("import", "truenas", elsewhere);
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.out())
                .contains(
                        "credential amazon: would be made", "task letters: cannot be made", "--partial makes the rest");
        assertThat(program.run("credential", "list").out()).doesNotContain("amazon");
        assertThat(program.run("import", "truenas", "--partial", "--strict", elsewhere)
                        .exit())
                .isEqualTo(2);
        String secrets = write(
                "secrets.json",
                "{\"amazon\":{\"secret_access_key\":\"s3cr3t\"},\"letters\":{\"encryption_password\":\"hush\"}}");
        String[] command = {"import", "truenas", "--path", path, "--secrets", secrets, export};
        Ended trial = program.run("import", "truenas", "--dry-run", "--path", path, "--secrets", secrets, export);
        assertThat(trial.exit()).as(trial.err()).isZero();
        assertThat(trial.out()).contains("credential amazon: would be made", "task letters: would be made");
        assertThat(program.run("credential", "list").out()).doesNotContain("amazon");

        assertThat(program.run(command).out()).contains("credential amazon: made", "task letters: made");
        assertThat(program.run(command).out()).contains("credential amazon: updated", "task letters: updated");
        assertThat(program.run("task", "list").out()).contains("letters");

        Path written = folder.resolve("rclone.conf");
        Ended exported = program.run("export", "rclone", "--output", written.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(exported.out()).doesNotContain("s3cr3t");
        assertThat(Files.readString(written))
                .contains("[amazon]", "s3cr3t", "type = crypt")
                .doesNotContain("hush");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        assertThat(program.run("export", "rclone", "--output", written.toString())
                        .exit())
                .isEqualTo(2);
        Ended back = new Program(folder.resolve("other")).run("import", "rclone", written.toString());
        assertThat(back.out()).contains("credential amazon: made", "credential task-1: made");
    }

    @Test
    void encryptedConfigurationOfRcloneOpensWithThePasswordOfTheEnvironment() throws IOException {
        String config = write("rclone.conf", """
                # Encrypted rclone configuration File

                RCLONE_ENCRYPT_V0:
                dcMa9r6GKU6EEYIHxOLockJHXBuqHAk52GfBTJveJss2N4b+2nm8VQP3vTNekxu1bPhVWmq+jwWQBr2G/qF22RUKLgiYxiVOjfOP+jtC7zJrDEaYTxLKhIH9CWgsdqkQJsS3skDtTmLVIRUXWSnioVqHwnTG21CMRNSIips21tOtTb60qCQP3DaUj8eaTv4iAqiSJg0xg+IxmoOS
                """);
        assertThat(program.run("import", "rclone", config).out()).contains("credential work: made");
        String drive =
                write("drive.conf", "[drive]\ntype = drive\n[disk]\ntype = local\n[lost]\ntype = alias\nremote = x:");
        Ended nothing = program.run("import", "rclone", drive);
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.out()).contains("lost: cannot be made", "disk: would be made", "drive: left out");
        Ended part = program.run("import", "rclone", "--partial", drive);
        assertThat(part.exit()).isEqualTo(1);
        assertThat(part.out()).contains("disk: made").doesNotContain("Nothing was changed");
        String right = write("right.conf", "[drive]\ntype = drive\n[disk]\ntype = local\n");
        assertThat(program.run("import", "rclone", "--strict", right).exit()).isEqualTo(1);
        assertThat(program.run("import", "rclone", right).exit()).isZero();
        Ended none = new Program(folder.resolve("other")).run("import", "rclone", config);
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("RCLONE_CONFIG_PASS");
    }
}
