package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.exchange.ImportReport;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportWishes;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.exchange.SecretSource;
import io.skyferry.control.exchange.TrueNasBackup;
import io.skyferry.control.task.Task;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each release of TrueNAS wrote out comes here, runs, and is brought up to date by a second import.
@Tag("slow")
class TrueNasErasTest {
    private static final SecretSource SECRETS = (owner, field) -> switch (owner + " " + field) {
        case "amazon 24 access_key_id" -> Optional.of(S3Simulator.KEY_ID);
        case "amazon 24 secret_access_key" -> Optional.of(S3Simulator.SECRET);
        case "letters of twenty-four encryption_password" -> Optional.of("hush");
        case "letters of twenty-four encryption_salt" -> Optional.of("salt");
        default -> Optional.empty();
    };

    private final NasWorld world;

    TrueNasErasTest(@TempDir Path folder) throws Exception {
        world = new NasWorld(folder, NasWorld.Door.PLAIN);
        world.write("letters/a/one.txt", "one");
        world.write("letters/two.tmp", "two");
    }

    @AfterEach
    void end() {
        world.close();
    }

    private ImportReport take(String era) throws IOException {
        String text;
        try (InputStream in = Optional.ofNullable(getClass().getResourceAsStream("/truenas/" + era + ".json"))
                .orElseThrow()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@KEY@", S3Simulator.KEY_ID)
                    .replace("@SECRET@", S3Simulator.SECRET)
                    .replace("@ENDPOINT@", world.bucket.address().toString());
        }
        SecretSource asked = (owner, field) ->
                field.equals("endpoint") ? Optional.of(world.bucket.address().toString()) : SECRETS.find(owner, field);
        var wishes = new ImportWishes(
                Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of("/mnt/tank", world.tank.toString()), Optional.empty());
        return world.services
                .imports()
                .trueNas(
                        TrueNasBackup.read(List.of(text.getBytes(StandardCharsets.UTF_8)), Optional.empty()),
                        wishes,
                        asked,
                        NasWorld.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "core-11.2, core112, 1, 4",
        "core-13, core13, 1, 1",
        "scale-22, scale22, 1, 0",
        "scale-24.10, scale2410, 1, 0",
        "scale-25.04, scale2504, 1, 0",
        "truenas-26, truenas26, 2, 2",
    })
    void taskOfEveryEraRunsHere(String era, String folder, int tasks, int leftOut) throws IOException {
        ImportReport report = take(era);

        assertThat(report.lines().stream().filter(line -> line.fate() == Fate.LEFT_OUT))
                .as(report.lines().toString())
                .hasSize(leftOut)
                .allSatisfy(line -> assertThat(line.words()).isNotEmpty());
        assertThat(report.lines().toString()).doesNotContain(S3Simulator.SECRET);
        assertThat(world.services.tasks().list()).hasSize(tasks);
        Task task = world.services.tasks().list().getFirst();
        assertThat(task.fields().timing().enabled()).isTrue();
        world.run(task);
        assertThat(world.bucket.keys("backups"))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith(folder + "/"));
        // What is stored under other names is stored under clear ones nowhere.
        assertThat(world.bucket.keys("backups").contains(folder + "/a/one.txt"))
                .isEqualTo(!task.fields().encrypting().enabled());

        ImportReport again = take(era);
        assertThat(again.lines()).extracting(ImportReport.Line::fate).doesNotContain(Fate.MADE);
        assertThat(world.services.tasks().list()).hasSize(tasks);
    }
}
