package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunCause;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.Service;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledRunTest {
    private final Path root;
    private final TaskWorld world;

    KilledRunTest(@TempDir Path root) throws IOException {
        this.root = root;
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void killWhen(Task task, BooleanSupplier moment) throws Exception {
        var killed = new Program(root.resolve("home")).start("task", "run", Long.toString(task.id()));
        TaskWorld.await("it is time", moment);
        killed.process().destroyForcibly();
        assertThat(killed.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Run newest(Task task) {
        return world.services.runs().list(RunQuery.ofTask(task.id(), 1)).getFirst();
    }

    private boolean hasRuns(Task task) {
        return !world.services.runs().list(RunQuery.ofTask(task.id(), 1)).isEmpty();
    }

    @Test
    void runWhoseProcessWasKilledInTheMiddleOfAFileIsTakenUpAgain() throws Exception {
        world.write("large.bin", "x".repeat(2_000_000));
        Task task = world.task("bwlimit", "[{\"time\": \"00:00\", \"bandwidth\": 200000}]");
        killWhen(task, () -> hasRuns(task) && newest(task).progress().bytesDone() > 0);
        long lost = newest(task).id();
        assertThat(newest(task).state()).isEqualTo(RunState.RUNNING);
        world.services
                .tasks()
                .update(task.id(), JsonValue.Members.EMPTY.with("bwlimit", JsonValue.parse("[]")), TaskWorld.CALLER);
        world.start();
        assertThat(world.ended(lost).state()).isEqualTo(RunState.INTERRUPTED);
        TaskWorld.await("it is asked for again", () -> newest(task).id() > lost);
        Run again = world.ended(newest(task).id());
        assertThat(again.state()).as(again.message()).isEqualTo(RunState.SUCCESS);
        assertThat(again.cause()).isEqualTo(RunCause.RESUME);
        assertThat(again.origin()).contains(lost);
        assertThat(world.read("large.bin")).hasSize(2_000_000);
        assertThat(world.finished).extracting(Run::id).doesNotContain(lost);
    }

    @Test
    void whatAKilledRunLeftIsRemovedAndTheDeadProcessForgotten() throws Exception {
        Path mark = world.account.resolve("mark");
        Task task = world.task("pre_script", "\"touch %s; sleep 3\"".formatted(mark), "resume", "false");
        killWhen(task, () -> Files.exists(mark));
        Path scratch = root.resolve("home/runs/run-" + newest(task).id());
        assertThat(scratch).isDirectory();
        assertThat(Service.isServed(world.services.database(), InstantSource.system()))
                .isFalse();
        world.start();
        assertThat(world.ended(newest(task).id()).state()).isEqualTo(RunState.INTERRUPTED);
        TaskWorld.await("the scratch folder is gone", () -> !Files.exists(scratch));
        TaskWorld.await(
                "it is told of, as nothing goes on with it",
                () -> world.finished.stream()
                        .anyMatch(run -> run.id() == newest(task).id()));
        assertThat(world.services.runs().count(RunQuery.ofTask(task.id(), 10))).isEqualTo(1);
        assertThat(world.services
                        .database()
                        .read(session -> session.list("select id from node", row -> row.getString(1))))
                .hasValueSatisfying(nodes -> assertThat(nodes).hasSize(1));
    }
}
