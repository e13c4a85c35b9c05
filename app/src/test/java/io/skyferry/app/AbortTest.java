package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stopping a run takes effect at any point of it, also where a server has fallen silent.
@Tag("slow")
class AbortTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final long ALL = Long.MAX_VALUE;
    private static final String NO_WORD = "\u0000";

    private final TaskWorld world;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket");

    AbortTest(@TempDir Path root) throws IOException {
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
        server.close();
    }

    /// A task on the bucket behind the tarpit.
    private Task task(Tarpit tarpit, String... more) {
        world.services
                .credentials()
                .add(
                        "cloud",
                        "s3",
                        SettingChanges.of(Map.of(
                                "provider",
                                "minio",
                                "endpoint",
                                tarpit.address(),
                                "access-key-id",
                                S3Simulator.KEY_ID,
                                "secret-access-key",
                                S3Simulator.SECRET)));
        return world.services
                .tasks()
                .create(
                        world.fields(more)
                                .with(
                                        "credentials",
                                        JsonValue.of(world.services
                                                .credentials()
                                                .get("cloud")
                                                .id()))
                                .with("attributes", JsonValue.parse("{\"bucket\":\"bucket\",\"folder\":\"x\"}")),
                        TaskWorld.CALLER);
    }

    private Run begun(Task task, BooleanSupplier moment) {
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        TaskWorld.await("the moment comes", moment);
        return asked;
    }

    private void stopsSoon(Run run) {
        long begun = System.nanoTime();
        assertThat(world.services.runs().abort(run.id(), TaskWorld.CALLER)).isTrue();
        Run ended = world.ended(run.id());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        assertThat(ended.state()).as(ended.message()).isEqualTo(RunState.ABORTED);
    }

    @Test
    void inTheFirstLookAtAServerThatSaysNothing() throws IOException {
        world.write("a.txt", "one");
        try (var tarpit = new Tarpit(server.address(), 0, NO_WORD)) {
            stopsSoon(begun(task(tarpit), tarpit::isStuck));
        }
    }

    @Test
    void inTheMiddleOfAFileThatGoesUp() throws IOException {
        world.write("large.bin", "x".repeat(3_000_000));
        try (var tarpit = new Tarpit(server.address(), 1_000_000, NO_WORD)) {
            stopsSoon(begun(task(tarpit), tarpit::isStuck));
            assertThat(server.keys("bucket")).isEmpty();
        }
    }

    @Test
    void inTheMiddleOfAFileThatComesDown() throws IOException {
        server.put("bucket", "x/large.bin", new byte[3_000_000], Map.of());
        try (var tarpit = new Tarpit(server.address(), 1_000_000, NO_WORD)) {
            stopsSoon(begun(task(tarpit, "direction", "\"PULL\""), tarpit::isStuck));
            assertThat(world.folder.resolve("large.bin")).doesNotExist();
        }
    }

    @Test
    void whileFilesAreDeleted() throws IOException {
        world.write("kept", "x");
        for (int i = 0; i < 5; i++) {
            server.put("bucket", "x/old" + i, new byte[3], Map.of());
        }
        try (var tarpit = new Tarpit(server.address(), ALL, "delete")) {
            stopsSoon(begun(task(tarpit, "transfer_mode", "\"SYNC\"", "max_delete", "\"off\""), tarpit::isStuck));
        }
    }

    @Test
    void inAScriptThatIgnoresBeingAsked() {
        Path mark = world.account.resolve("mark");
        Task task = world.task("pre_script", "\"trap '' TERM; touch %s; sleep 600 & wait; sleep 600\"".formatted(mark));
        stopsSoon(begun(task, () -> Files.exists(mark)));
    }

    @Test
    void inAScriptThatComesWhenAllIsOver() throws IOException {
        world.write("a.txt", "one");
        Path mark = world.account.resolve("mark");
        Task task = world.task("always_script", "\"touch %s; sleep 600\"".formatted(mark));
        Run run = begun(task, () -> Files.exists(mark));
        long begun = System.nanoTime();
        world.services.runs().abort(run.id(), TaskWorld.CALLER);
        Run ended = world.ended(run.id());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        assertThat(ended.state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void whileItWaitsForAPlace() {
        Task first = world.task("pre_script", "\"sleep 600\"");
        Run holding = begun(first, () -> goesOn(first));
        Run waiting = world.services.runs().trigger(world.task().id(), RunKind.REAL, TaskWorld.CALLER);
        TaskWorld.await(
                "it waits",
                () -> world.services.runs().get(waiting.id()).message().contains("same place"));
        stopsSoon(waiting);
        stopsSoon(holding);
    }

    private boolean goesOn(Task task) {
        return world.services.runs().list(RunQuery.ofTask(task.id(), 1)).stream()
                .anyMatch(run -> run.state() == RunState.RUNNING);
    }
}
