package io.skyferry.control.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Commands;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunFolder;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.runs.Trouble;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.Task;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertWatchTest {
    private static final Caller CALLER = Caller.local("test");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final List<StorageProvider> kinds = new ArrayList<>(List.of(new Cloud()));
    private final Path folder;
    private final Path datasets;
    private final SqliteDatabase database;
    private final Credentials credentials;
    private final Tasks tasks;
    private final Runs runs;
    private final Alerts alerts;
    private final AlertWatch watch;
    private String zfs = "";

    private static final class Cloud implements StorageProvider {
        @Override
        public String key() {
            return "cloud";
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("token", "Token", "What lets you in.", false, true).of(new Kind.Lines()));
        }

        @Override
        public Storage open(Map<String, String> settings) {
            throw new IllegalStateException("Nothing here opens storages");
        }
    }

    AlertWatchTest(@TempDir Path root) throws IOException {
        this.folder = root.toRealPath();
        this.datasets = Files.writeString(folder.resolve("filesystems"), "nodev\tzfs\n");
        this.database = new SqliteDatabase(folder.resolve("app.db"), clock::get);
        var vault = new Vault(new KeyFile(folder.resolve("secret.key")), SecureRandom::new);
        this.credentials = new Credentials(database, vault, new Kinds(kinds), clock::get);
        var settings = new Settings(database, clock::get);
        settings.set(Settings.Name.ALLOWED_FOLDERS, folder.toString(), CALLER);
        this.tasks = new Tasks(database, vault, credentials, settings, new CronRuns(), clock::get, ZoneOffset.UTC);
        this.runs = new Runs(database, vault, tasks, new RunFolder(folder.resolve("runs")), clock::get);
        this.alerts = new Alerts(database, clock::get);
        var locks = new Locks(database, vault, _ -> new Commands.Answer(0, zfs), datasets, clock::get);
        this.watch = new AlertWatch(
                alerts, tasks, credentials, new CronRuns(), locks, clock::get, ZoneOffset.UTC, () -> Long.MAX_VALUE);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private Task task(String token) {
        long credential = credentials
                .add("work", "cloud", SettingChanges.of(Map.of("token", token)))
                .id();
        return tasks.create(
                (JsonValue.Members) JsonValue.parse(("{\"description\": \"Photos\", \"direction\": \"PUSH\","
                                + " \"transfer_mode\": \"COPY\", \"path\": \"%s\", \"credentials\": %s,"
                                + " \"attributes\": {\"folder\": \"x\"}}")
                        .formatted(folder, credential)),
                CALLER);
    }

    private List<AlertRule> rules() {
        return alerts.list().stream().map(Alert::rule).toList();
    }

    private Run run(Task task, String state) {
        return run(task, state, "");
    }

    private Run run(Task task, String state, String message) {
        Run asked = runs.trigger(task.id(), RunKind.REAL, CALLER);
        database.write(session ->
                session.change("update run set state = ?, message = ? where id = ?", state, message, asked.id()));
        return runs.get(asked.id());
    }

    @Test
    void refusedCredentialIsToldUntilItIsTaken() {
        Task task = task("x");
        watch.finished(run(task, "FAILED"), Trouble.REFUSED);
        assertThat(rules()).containsExactlyInAnyOrder(AlertRule.CREDENTIAL_REFUSED, AlertRule.TASK_FAILED);
        watch.look();
        assertThat(rules()).contains(AlertRule.CREDENTIAL_REFUSED);
        watch.finished(run(task, "SUCCESS"), Trouble.NONE);
        assertThat(rules()).isEmpty();
    }

    @Test
    void targetWithoutRoomIsToldUntilTheNextSuccess() {
        Task task = task("x");
        watch.finished(run(task, "FAILED"), Trouble.FULL);
        assertThat(rules()).contains(AlertRule.DISK_FULL);
        watch.finished(run(task, "FAILED"), Trouble.NONE);
        assertThat(rules()).contains(AlertRule.DISK_FULL);
        watch.finished(run(task, "SUCCESS"), Trouble.NONE);
        assertThat(rules()).isEmpty();
    }

    @Test
    void lockedDatasetIsNoFailureAndIsToldUntilItIsUnlocked() {
        Task task = task("x");
        zfs = "%s\tunavailable\ttank/photos".formatted(folder);
        watch.look();
        watch.finished(run(task, "FAILED", "the dataset tank/photos is locked"), Trouble.LOCKED);
        assertThat(alerts.list())
                .singleElement()
                .satisfies(alert -> assertThat(alert.words()).contains("Photos", "tank/photos"));
        assertThat(rules()).containsExactly(AlertRule.TASK_LOCKED);
        zfs = "%s\tavailable\ttank/photos\n/\t-\ttank".formatted(folder);
        clock.advance(Duration.ofMinutes(1));
        watch.look();
        assertThat(rules()).isEmpty();
    }

    @Test
    void tokenThatCannotBeRenewedIsToldBeforeItEnds() {
        var _ = task("{\"access_token\": \"a\", \"expiry\": \"2026-12-24T10:00:00.5+01:00\"}");
        watch.look();
        assertThat(rules()).isEmpty();
        clock.advance(Duration.ofDays(20));
        watch.look();
        assertThat(rules()).containsOnlyOnce(AlertRule.CREDENTIAL_EXPIRING);
        credentials.edit(
                "work",
                Optional.empty(),
                SettingChanges.of(Map.of(
                        "token",
                        "{\"access_token\": \"b\", \"refresh_token\": \"r\", \"expiry\": \"2026-12-24T10:00:00Z\"}")));
        watch.look();
        assertThat(rules()).doesNotContain(AlertRule.CREDENTIAL_EXPIRING);
    }

    @Test
    void kindOfStorageThatIsGoneIsToldAndForgottenWithTheCredential() {
        credentials.add("old", "cloud", SettingChanges.of(Map.of("token", "x")));
        database.write(session -> session.change("update credential set provider = 'hubic'"));
        watch.look();
        assertThat(rules()).containsExactly(AlertRule.PROVIDER_RETIRED);
        database.write(session -> session.change("update credential set provider = 'cloud'"));
        watch.look();
        assertThat(rules()).isEmpty();
    }
}
