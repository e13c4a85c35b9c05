package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.runs.Service;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBandwidthTest {
    private static final OptionalLong WHOLE = OptionalLong.of(1000);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final AppDatabase database;
    private final ServiceBandwidth bandwidth;

    ServiceBandwidthTest(@TempDir Path folder) {
        this.database = new SqliteDatabase(folder.resolve("app.db"), clock::get);
        var settings = new Settings(database, clock::get);
        settings.set(Settings.Name.BANDWIDTH, "1000B", Caller.local("test"));
        this.bandwidth =
                new ServiceBandwidth(settings, () -> Service.busyProcesses(database), clock::get, clock::nanos);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void run(long id, String state, String node) {
        var _ = database.write(session -> session.change(
                "insert into run(id, description, kind, cause, caller, state, queued, node, local_writes,"
                        + " remote_writes, message, excerpt, progress, fields, files, bytes, copied, renamed, deleted,"
                        + " unchanged, skipped, failed, warnings) values (?, '', 'REAL', 'MANUAL', '', ?, 0, ?, 0, 0,"
                        + " '', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0)",
                id,
                state,
                node));
    }

    @Test
    void processesWithRunsShareTheRateWhileTheyHaveAny() {
        assertThat(bandwidth.share(WHOLE)).as("nobody has runs").isEqualTo(WHOLE);
        run(1, "RUNNING", "here");
        run(2, "RUNNING", "here");
        run(3, "SUCCESS", "elsewhere");
        clock.advance(Duration.ofSeconds(2));
        assertThat(bandwidth.share(WHOLE)).as("alone").isEqualTo(WHOLE);
        run(4, "RUNNING", "elsewhere");
        clock.advance(Duration.ofSeconds(2));
        assertThat(bandwidth.share(WHOLE)).hasValue(500);
        assertThat(bandwidth.share(OptionalLong.empty())).as("no limit").isEmpty();
        var _ = database.write(session -> session.change("update run set state = 'SUCCESS' where id = 4"));
        clock.advance(Duration.ofSeconds(2));
        assertThat(bandwidth.share(WHOLE)).isEqualTo(WHOLE);
    }
}
