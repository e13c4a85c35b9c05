package io.skyferry.control.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
    private static final Caller ADMIN = Caller.local("admin");
    private static final Caller OPERATOR = new Caller("op", Role.OPERATOR, "test");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Path root;
    private final AppDatabase database;
    private final Credentials credentials;
    private final Tasks tasks;
    private long bucket;

    TasksTest(@TempDir Path root) throws IOException {
        this.root = root.toRealPath();
        this.database = new SqliteDatabase(root.resolve("app.db"), clock::get);
        var vault = new Vault(new KeyFile(root.resolve("secret.key")), SecureRandom::new);
        this.credentials = new Credentials(database, vault, new Kinds(List.of(new BucketProvider())), clock::get);
        var settings = new Settings(database, clock::get);
        settings.set(Settings.Name.ALLOWED_FOLDERS, this.root.resolve("data").toString(), ADMIN);
        this.tasks = new Tasks(database, vault, credentials, settings, new CronRuns(), clock::get, ZoneOffset.UTC);
        Files.createDirectories(this.root.resolve("data"));
    }

    /// A kind of storage with buckets, one setting and one secret.
    private static final class BucketProvider implements StorageProvider {
        @Override
        public String key() {
            return "s3";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("path", "Path", "Bucket and folder.", true, false),
                    new Setting("storage-class", "Class", "Of new files.", false, false),
                    new Setting("key", "Key", "The key.", false, true));
        }

        @Override
        public Top top() {
            return Top.BUCKET;
        }

        @Override
        public Storage open(Map<String, String> settings) {
            return new MemoryStorage();
        }
    }

    @BeforeEach
    void addAccount() {
        bucket = credentials
                .add("work", "s3", SettingChanges.of(Map.of("key", "hush")))
                .id();
    }

    @AfterEach
    void end() {
        database.close();
    }

    private JsonValue.Members fields(String... more) {
        JsonValue.Members all = (JsonValue.Members) JsonValue.parse("""
                {"description": "Photos", "direction": "PUSH", "transfer_mode": "SYNC", "path": "%s",
                 "credentials": %s, "attributes": {"bucket": "b", "folder": "f"}}""".formatted(root.resolve("data/photos"), bucket));
        for (int i = 0; i + 1 < more.length; i += 2) {
            all = all.with(more[i], JsonValue.parse(more[i + 1]));
        }
        return all;
    }

    private List<String> faults(Caller caller, String... more) {
        try {
            tasks.check(fields(more), caller);
            return List.of();
        } catch (InvalidException invalid) {
            return invalid.errors().stream()
                    .map(error -> error.path() + ": " + error.message())
                    .toList();
        }
    }

    private List<String> faults(String... more) {
        return faults(ADMIN, more);
    }

    @Test
    void whatIsLeftOutHasItsUsualValue() {
        Task task = tasks.create(fields(), ADMIN);
        assertThat(task.fields().timing().cron()).isEqualTo(Cron.HOURLY);
        assertThat(task.nextRun()).contains(Instant.parse("2026-11-21T17:00:00Z"));
        assertThat(TaskJson.write(task).toString())
                .contains("\"enabled\":true", "\"bwlimit\":[]", "\"encryption_password\":\"\"");
    }

    @Test
    void taskSurvivesItsWayThroughJson() {
        Task task = tasks.create(
                fields(
                        "bwlimit",
                                "[{\"time\": \"9:5\", \"bandwidth\": 1024}, {\"time\": \"18:00\", \"bandwidth\": null}]",
                        "transfers", "8",
                        "include", "[\"/a/**\"]",
                        "window_end", "\"06:30\"",
                        "max_delete", "\"25%\"",
                        "pre_script", "\"echo \\\"hi\\\"\\nexit 0\""),
                ADMIN);
        assertThat(new ReadFields().fields(TaskRows.json(task.fields()))).isEqualTo(task.fields());
        assertThat(task.fields().carrying().bwlimit().getFirst().time()).hasToString("09:05");
    }

    @Test
    void typesAndNamesAreStrict() {
        assertThat(faults("transfers", "\"4\"")).containsExactly("transfers: Input should be a valid integer");
        assertThat(faults("enabled", "1")).containsExactly("enabled: Input should be a valid boolean");
        assertThat(faults("direction", "\"BOTH\"")).containsExactly("direction: Input should be 'PUSH', 'PULL'");
        assertThat(faults("transfer_mode", "\"copy\""))
                .containsExactly("transfer_mode: Input should be 'COPY', 'SYNC', 'MOVE'");
        assertThat(faults("encryption_encoding", "\"base99\""))
                .containsExactly("encryption_encoding: Input should be 'base32', 'base64', 'base32768'");
        assertThat(faults("colour", "\"red\"")).containsExactly("colour: Extra inputs are not permitted");
        assertThat(faults("exclude", "[\"\"]")).containsExactly("exclude.0: String should have at least 1 character");
    }

    @Test
    void rulesOfTrueNasHoldWithItsPaths() {
        assertThat(faults("encryption", "true"))
                .containsExactly("encryption_password: This field is required when encryption is enabled");
        assertThat(faults("args", "\"'open\"")).containsExactly("args: Parse error: No closing quotation");
        assertThat(faults("args", "\"--backup-dir x\""))
                .containsExactly("args: Parse error: unknown option '--backup-dir'");
        assertThat(faults("credentials", "99")).contains("credentials: Invalid credentials");
        assertThat(faults("attributes", "{\"folder\": \"\", \"region\": \"x\"}"))
                .containsExactly(
                        "attributes.region: Extra inputs are not permitted", "attributes.bucket: Field required");
        assertThat(faults(
                        "bwlimit",
                        "[{\"time\": \"08:00\", \"bandwidth\": 1}, {\"time\": \"08:00\", \"bandwidth\": 2}]"))
                .containsExactly("bwlimit.1.time: Invalid time order: 08:00, 08:00");
        assertThat(faults("snapshot", "true", "direction", "\"PULL\""))
                .containsExactly("snapshot: This option can only be enabled for PUSH tasks");
        assertThat(faults("snapshot", "true", "transfer_mode", "\"MOVE\""))
                .containsExactly("snapshot: This option can not be used for MOVE transfer mode");
        assertThat(faults("schedule", "{\"minute\": \"61\"}"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("schedule.minute:");
        assertThat(faults("include", "[\"a{b\"]")).hasSize(1).first().asString().startsWith("include.0:");
    }

    @Test
    void pathsStayBelowTheAllowedFolders() throws IOException {
        Files.createSymbolicLink(root.resolve("data/way-out"), root);
        for (String path :
                List.of("/etc", "relative", root + "/data/../x", root + "/data/way-out/x", root + "/datas")) {
            assertThat(faults("path", JsonValue.of(path).toString())).as(path).hasSize(1);
        }
        assertThat(faults("path", JsonValue.of(root + "/data/not/yet").toString()))
                .isEmpty();
        assertThat(faults("direction", "\"PULL\"", "backup_folder", "\"/etc\"")).hasSize(1);
        assertThat(faults("backup_folder", "\"f/below\"")).hasSize(1);
    }

    @Test
    void operatorsMayNotEditScriptsButChangeTheRestOfTasksThatHaveThem() {
        assertThat(faults(OPERATOR, "post_script", "\"reboot\"")).hasSize(1);
        Task task = tasks.create(fields("pre_script", "\"sync\""), ADMIN);
        Task changed = tasks.update(task.id(), JsonValue.Members.EMPTY.with("enabled", JsonValue.of(false)), OPERATOR);
        assertThat(changed.nextRun()).isEmpty();
        assertThatThrownBy(() ->
                        tasks.update(task.id(), JsonValue.Members.EMPTY.with("pre_script", JsonValue.of("")), OPERATOR))
                .isInstanceOf(InvalidException.class);
        var reader = new Caller("looker", Role.READER, "test");
        assertThatThrownBy(() -> tasks.delete(task.id(), reader)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void secretsStayWhereTheyAreNotGivenAndNeverShow() {
        Task task = tasks.create(fields("encryption", "true", "encryption_password", "\"hush hush\""), ADMIN);
        Task changed = tasks.update(
                task.id(),
                JsonValue.Members.EMPTY
                        .with("encryption_password", JsonValue.of(TaskJson.HIDDEN))
                        .with("transfers", JsonValue.of(2)),
                ADMIN);
        assertThat(TaskJson.write(changed).toString()).doesNotContain("hush").contains(TaskJson.HIDDEN);
        assertThat(tasks.work(task.id()).secrets()).containsEntry("encryption_password", "hush hush");
        assertThat(new AuditLog(database).newest(Long.MAX_VALUE, 10).toString()).doesNotContain("hush");
        assertThat(tasks.work(tasks.duplicate(task.id(), ADMIN).id()).secrets())
                .containsEntry("encryption_password", "hush hush");
    }

    @Test
    void restoreTurnsATaskRoundAndKeepsItsFilters() {
        Task task = tasks.create(fields("include", "[\"/a/**\"]", "pre_script", "\"sync\"", "transfers", "3"), ADMIN);
        Task back = tasks.restore(
                task.id(),
                (JsonValue.Members)
                        JsonValue.parse("{\"transfer_mode\": \"COPY\", \"path\": \"%s/data/back\"}".formatted(root)),
                ADMIN);
        assertThat(back.fields().direction()).isEqualTo(Direction.PULL);
        assertThat(back.fields().timing().enabled()).isFalse();
        assertThat(back.fields().carrying().include()).containsExactly("/a/**");
        assertThat(back.fields().scripts().isEmpty()).isTrue();
        assertThatThrownBy(() -> tasks.restore(
                        task.id(),
                        (JsonValue.Members) JsonValue.parse("{\"transfer_mode\": \"MOVE\", \"path\": \"/x\"}"),
                        ADMIN))
                .isInstanceOf(InvalidException.class);
    }

    @Test
    void credentialThatATaskUsesStays() {
        Task task = tasks.create(fields(), ADMIN);
        assertThatThrownBy(() -> credentials.remove("work"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("This credential is used by cloud sync task Photos");
        tasks.delete(task.id(), ADMIN);
        credentials.remove("work");
    }

    @Test
    void excludesComeBeforeIncludesAndSnapshotFoldersAreNoPartOfIt() {
        Task task = tasks.create(fields("include", "[\"/keep/**\"]", "exclude", "[\"*.tmp\"]"), ADMIN);
        var now = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        String words = tasks.work(task.id()).selection(now).toString();
        assertThat(words).isNotEmpty();
        assertThat(tasks.work(task.id()).remote().settings()).containsEntry("path", "b/f");
    }

    @Test
    void whoeverChangesTheAuditLogIsFound() {
        tasks.create(fields(), ADMIN);
        tasks.create(fields(), ADMIN);
        var audit = new AuditLog(database);
        assertThat(audit.firstChanged()).isEmpty();
        database.write(session -> session.change("update audit set who = 'nobody' where id = 2"));
        assertThat(audit.firstChanged()).contains(2L);
    }
}
