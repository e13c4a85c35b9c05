package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed while it changes all secrets or the whole database.
///
/// `-Dskyferry.kills=N` has it killed more often, `-Dskyferry.seed=N` at other moments.
@Tag("slow")
class KilledChangeTest {
    static final int KILLS = Integer.getInteger("skyferry.kills", 3);
    static final long RUNS = 20_000;

    private final Path home;
    private final TaskWorld world;
    private final SplittableRandom dice = new SplittableRandom(Long.getLong("skyferry.seed", 1));

    KilledChangeTest(@TempDir Path root) throws IOException {
        this.home = root.resolve("home");
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Program program() {
        return new Program(home);
    }

    /// Kills it some time after its process has begun: while it starts, while it works, or when it has ended.
    private void killed(String... arguments) throws InterruptedException {
        Program.Running running = program().start(arguments);
        var _ = new CountDownLatch(1).await(300 + dice.nextLong(1200), TimeUnit.MILLISECONDS);
        running.process().destroyForcibly();
        assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void secretsCanBeOpenedWhateverBecameOfTheChangeOfTheKey() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            world.services
                    .tasks()
                    .create(
                            world.fields("encryption", "true", "encryption_password", "\"secret %s\"".formatted(i)),
                            Caller.local("test"));
        }
        for (int i = 0; i < KILLS; i++) {
            killed("config", "rotate-key");
        }
        assertThat(program().run("config", "rotate-key").out()).contains("Sealed 60 secrets");
        assertThat(home.toFile().list()).noneMatch(name -> name.contains(".new-"));
        for (long task = 1; task <= 60; task++) {
            assertThat(world.services.tasks().work(task).secrets())
                    .containsEntry("encryption_password", "secret " + (task - 1));
        }
    }

    /// Takes the database back to what an older version made, with a history that takes a while to be copied.
    static void makeOld(TaskWorld world) {
        var _ = world.task();
        world.services.database().write(session -> {
            session.change("with recursive n(i) as (select 1 union all select i + 1 from n where i < " + RUNS + ")"
                    + " insert into run(id, task_id, description, kind, cause, caller, state, queued, started, finished,"
                    + " local_writes, remote_writes, message, excerpt, progress, fields, files, bytes, copied, renamed,"
                    + " deleted, unchanged, skipped, failed, warnings) select i, 1, 'Photos', 'REAL', 'MANUAL', 'test',"
                    + " 'SUCCESS', i, i, i, 0, 0, '', 'excerpt', '', '', 1, 2, 0, 0, 0, 0, 0, 0, 0 from n");
            session.change("drop index run_by_change");
            session.change("drop index run_for_totals");
            session.change("create index run_by_begin on run(queued)");
            session.change("alter table run drop column changed");
            session.change("alter table credential drop column expires");
            return session.change("delete from schema_version where version > 21");
        });
    }

    @Test
    void olderDatabaseIsBroughtUpWhateverBecameOfTheFirstTries() throws IOException, InterruptedException {
        makeOld(world);
        world.services.close();
        Path database = home.resolve("app.db");
        Path old = Files.copy(database, home.resolveSibling("old.db"));
        for (int i = 0; i < KILLS; i++) {
            for (String suffix : List.of("", "-wal", "-shm", ".v21")) {
                Files.deleteIfExists(home.resolve("app.db" + suffix));
            }
            Files.copy(old, database, StandardCopyOption.REPLACE_EXISTING);
            killed("task", "list");
            Program.Ended listed = program().run("task", "list", "--json");
            assertThat(listed.exit()).as(listed.err()).isZero();
            assertThat(((JsonValue.Members) JsonValue.parse(listed.out().strip())).get("description"))
                    .contains(JsonValue.of("Photos"));
            assertThat(home.resolve("app.db.v21")).exists();
        }
        var after = new AppServices(new Home(home), "test");
        assertThat(after.database().read(session -> session.first("select count(*) from run", row -> row.getLong(1))))
                .contains(Optional.of(RUNS));
        after.close();
    }
}
