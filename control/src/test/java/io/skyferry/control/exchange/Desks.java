package io.skyferry.control.exchange;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Credentials and tasks in a database of their own, for kinds of storage that only have settings.
final class Desks implements AutoCloseable {
    static final Caller ROOT = Caller.local("root");
    private static final List<String> BUCKET_SETTINGS = List.of(
            "path",
            "provider",
            "endpoint",
            "region",
            "access-key-id",
            "signature",
            "path-style",
            "part-size",
            "checksum",
            "anonymous",
            "sse",
            "storage-class",
            "acl");

    private final Path home;
    private final AppDatabase database;

    Desks(Path home) {
        this.home = home;
        this.database = new SqliteDatabase(home.resolve("app.db"), () -> Instant.EPOCH);
        new Settings(database, () -> Instant.EPOCH).set(Settings.Name.of("allowed-folders"), "/mnt\n/srv", ROOT);
    }

    private record Kind(String key, List<Setting> settings) implements StorageProvider {
        @Override
        public Storage open(Map<String, String> settings) {
            throw new IllegalStateException("Nothing here opens storages");
        }

        @Override
        public Top top() {
            return key.equals("s3") ? Top.BUCKET : Top.FOLDER;
        }
    }

    private static StorageProvider.Setting setting(String name, boolean secret) {
        return new StorageProvider.Setting(name, name, "What it is.", false, secret);
    }

    private Imports.Desk over(AppDatabase in) {
        var vault = new Vault(new KeyFile(home.resolve("secret.key")), SecureRandom::new);
        var buckets = new ArrayList<StorageProvider.Setting>();
        BUCKET_SETTINGS.forEach(name -> buckets.add(setting(name, false)));
        buckets.add(setting("secret-access-key", true));
        var kinds = new Kinds(List.of(new Kind("s3", buckets), new Kind("local", List.of(setting("path", false)))));
        var credentials = new Credentials(in, vault, kinds, () -> Instant.EPOCH);
        var settings = new Settings(in, () -> Instant.EPOCH);
        return new Imports.Desk(
                credentials,
                new Tasks(in, vault, credentials, settings, new CronRuns(), () -> Instant.EPOCH, ZoneOffset.UTC));
    }

    Imports imports() {
        return new Imports(database, this::over, () -> Instant.EPOCH);
    }

    /// Lets the database refuse a task of this description.
    void failOnTask(String description) {
        database.write(session -> session.change(
                "create trigger no_task before insert on task when new.description = '%s'".formatted(description)
                        + " begin select raise(abort, 'no room'); end"));
    }

    Credentials credentials() {
        return over(database).credentials();
    }

    Tasks tasks() {
        return over(database).tasks();
    }

    Map<String, String> opened(String credential) {
        return credentials().resolve(new StorageSpec(credential, Map.of())).settings();
    }

    Map<String, String> secretsOf(Task task) {
        return tasks().work(task.id()).secrets();
    }

    @Override
    public void close() {
        database.close();
    }

    /// Writes passwords backwards.
    static final class Backwards implements Encryption {
        @Override
        public Names names(LayerSpec layer) {
            throw new IllegalStateException("Nothing here encrypts names");
        }

        @Override
        public Contents contents(LayerSpec layer) {
            throw new IllegalStateException("Nothing here encrypts contents");
        }

        @Override
        public String obscure(byte[] password) {
            return new StringBuilder(new String(password, StandardCharsets.UTF_8))
                    .reverse()
                    .toString();
        }

        @Override
        public byte[] reveal(String obscured) {
            return Arrays.copyOf(
                    new StringBuilder(obscured).reverse().toString().getBytes(StandardCharsets.UTF_8),
                    obscured.length());
        }
    }
}
