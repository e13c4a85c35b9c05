package io.skyferry.control.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.credential.RcloneImport.Outcome;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RcloneImportTest {
    private static final String SECRET = "wJalrXUtnFEMI";
    private static final String CONFIG = """
            # comment
            [work]
            type = s3
            provider = Ceph
            env_auth = false
            access_key_id = AKIA
            secret_access_key = %s
            endpoint = http://127.0.0.1:7480
            force_path_style = true
            chunk_size = 16Mi
            acl =

            ; another
            [photos]
            type = drive
            token = {"access_token":"%s"}
            [a]
            type = s3
            """.formatted(SECRET, SECRET);

    private final AppDatabase database;
    private final Credentials credentials;

    RcloneImportTest(@TempDir Path home) {
        this.database = new SqliteDatabase(home.resolve("app.db"), () -> Instant.EPOCH);
        var vault = new Vault(new KeyFile(home.resolve("secret.key")), SecureRandom::new);
        this.credentials = new Credentials(database, vault, new Kinds(List.of(new Buckets())), () -> Instant.EPOCH);
    }

    @AfterEach
    void end() {
        database.close();
    }

    /// Settings named as those of buckets are.
    private static final class Buckets implements StorageProvider {
        @Override
        public String key() {
            return "s3";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("path", "Bucket", "Where.", true, false),
                    new Setting("provider", "Kind", "Which.", false, false),
                    new Setting("endpoint", "Endpoint", "Where.", false, false),
                    new Setting("acl", "ACL", "Who.", false, false),
                    new Setting("access-key-id", "Id", "Which.", false, false),
                    new Setting("secret-access-key", "Key", "The key.", false, true),
                    new Setting("path-style", "Style", "How.", false, false).of(new Kind.Switch()));
        }

        @Override
        public Storage open(Map<String, String> settings) {
            throw new IllegalStateException("Nothing here opens storages");
        }
    }

    @Test
    void remotesOfKnownKindsAreSavedAndAllAreTold() {
        List<Outcome> outcomes = new RcloneImport(credentials).run(CONFIG);

        assertThat(outcomes).extracting(Outcome::name).containsExactly("work", "photos", "a");
        assertThat(outcomes).extracting(Outcome::saved).containsExactly(true, false, false);
        assertThat(outcomes.getFirst().words()).isEqualTo("left out, not known here: chunk_size");
        assertThat(outcomes.get(1).words()).contains("'drive'");
        assertThat(outcomes.get(2).words()).contains("two letters");
        assertThat(outcomes.toString()).doesNotContain(SECRET);
        assertThat(credentials.list()).singleElement().satisfies(one -> {
            assertThat(one.settings())
                    .isEqualTo(Map.of(
                            "provider", "ceph",
                            "access-key-id", "AKIA",
                            "endpoint", "http://127.0.0.1:7480",
                            "path-style", "on"));
            assertThat(one.secrets()).containsExactly("secret-access-key");
        });
        assertThat(credentials
                        .resolve(new StorageSpec("work", Map.of("path", "b")))
                        .settings())
                .containsEntry("secret-access-key", SECRET);
    }

    @Test
    void secondImportChangesNothing() {
        new RcloneImport(credentials).run(CONFIG);
        assertThat(new RcloneImport(credentials).run(CONFIG).getFirst().words()).contains("already");
        assertThat(credentials.list()).hasSize(1);
    }

    @Test
    void filesOfAnotherKindAreRefusedWithoutBeingQuoted() {
        for (String text : List.of("RCLONE_ENCRYPT_V0:\nabc", SECRET, "[x]\n" + SECRET, "key = " + SECRET)) {
            assertThatThrownBy(() -> new RcloneImport(credentials).run(text))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }
}
