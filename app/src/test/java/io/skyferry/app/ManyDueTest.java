package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.setting.Settings.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ManyDueTest {
    private static final int TASKS = 200;
    private static final int AT_A_TIME = 3;

    private final TaskWorld world;

    ManyDueTest(@TempDir Path root) throws IOException {
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void due(int number) throws IOException {
        Path folder = Files.createDirectories(world.folder.resolve("of" + number));
        Files.writeString(folder.resolve("file"), "content " + number);
        world.services
                .tasks()
                .create(
                        world.fields("enabled", "true", "schedule", "{\"minute\": \"0\", \"hour\": \"3\"}")
                                .with("path", JsonValue.of(folder.toString()))
                                .with("attributes", JsonValue.parse("{\"folder\": \"of%s\"}".formatted(number))),
                        TaskWorld.CALLER);
    }

    private static long goingOnAt(Instant time, List<Run> runs) {
        return runs.stream()
                .filter(run -> !run.started().orElseThrow().isAfter(time)
                        && run.finished().orElseThrow().isAfter(time))
                .count();
    }

    @Test
    void tasksThatAreDueInTheSameMinuteAllRunInOrderAndFewAtATime() throws IOException {
        for (int i = 0; i < TASKS; i++) {
            due(i);
        }
        world.services.settings().set(Name.MAX_RUNS, Integer.toString(AT_A_TIME), TaskWorld.CALLER);
        world.services.database().write(session -> session.change("update task set next_due = 60000"));
        world.start();
        var good = new RunQuery(
                Optional.empty(), Set.of(RunState.SUCCESS), Optional.empty(), Optional.empty(), Optional.empty(), 1000);
        TaskWorld.await("all have run", () -> world.services.runs().count(good) >= TASKS);
        List<Run> runs = world.services.runs().list(RunQuery.newest(1000)).stream()
                .sorted(Comparator.comparing(run -> run.started().orElseThrow()))
                .toList();
        assertThat(runs).hasSize(TASKS);
        assertThat(runs).extracting(Run::task).doesNotHaveDuplicates();
        assertThat(runs)
                .isSortedAccordingTo(Comparator.comparing(run -> run.task().orElseThrow()));
        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(goingOnAt(run.started().orElseThrow(), runs)).isBetween(1L, (long) AT_A_TIME));
        assertThat(Files.readString(world.account.resolve("of199/file"))).isEqualTo("content 199");
    }
}
