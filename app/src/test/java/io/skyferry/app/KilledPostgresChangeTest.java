package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As [KilledChangeTest], on a server that goes on when the process is killed.
@Tag("slow")
class KilledPostgresChangeTest {
    private final Path root;
    private final SplittableRandom dice = new SplittableRandom(Long.getLong("skyferry.seed", 1));

    KilledPostgresChangeTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void olderDatabaseIsBroughtUpWhateverBecameOfTheFirstTries()
            throws IOException, SQLException, InterruptedException {
        String old = PostgresServiceTest.freshDatabase();
        try (var world = new TaskWorld(root, Optional.of(old))) {
            KilledChangeTest.makeOld(world);
        }
        for (int i = 0; i < KilledChangeTest.KILLS; i++) {
            String url = PostgresServiceTest.copyOf(old);
            Path home = root.resolve("home");
            var program = new Program(home, Map.of("SKYFERRY_DATABASE", url));
            Program.Running running = program.start("task", "list");
            var _ = new CountDownLatch(1).await(300 + dice.nextLong(1500), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly();
            assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();

            Program.Ended listed = program.run("task", "list", "--json");

            assertThat(listed.exit()).as(listed.err()).isZero();
            assertThat(((JsonValue.Members) JsonValue.parse(listed.out().strip())).get("description"))
                    .contains(JsonValue.of("Photos"));
            expectHistory(home, url);
        }
    }

    private static void expectHistory(Path home, String url) {
        try (var after = new AppServices(new Home(home, home.resolve(Home.KEY), Optional.of(url)), "test")) {
            for (String table : new String[] {"run", "skyferry_v21.run"}) {
                assertThat(after.database()
                                .read(session -> session.first("select count(*) from " + table, row -> row.getLong(1))))
                        .as(table)
                        .contains(Optional.of(KilledChangeTest.RUNS));
            }
        }
    }
}
