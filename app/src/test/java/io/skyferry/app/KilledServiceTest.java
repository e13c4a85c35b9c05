package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed again and again: in scripts, snapshots and transfers, and at moments that dice choose.
///
/// `-Dskyferry.kills=N` has it killed more often, `-Dskyferry.seed=N` at other moments.
@Tag("slow")
class KilledServiceTest {
    private static final int KILLS = Integer.getInteger("skyferry.kills", 6);
    private static final long SEED = Long.getLong("skyferry.seed", 1);
    private final Path root;
    private final Path snapshots;
    private final Path mountTable;
    private final Path scripts;
    private final TaskWorld world;
    private int started;

    KilledServiceTest(@TempDir Path root) throws IOException {
        this.root = root.toRealPath();
        this.world = new TaskWorld(this.root, Optional.empty());
        this.snapshots = this.root.resolve(".zfs/snapshot");
        this.mountTable = this.root.resolve("mountinfo");
        this.scripts = Files.createDirectories(this.root.resolve("bin"));
        Files.writeString(mountTable, "30 20 0:2 / %s rw - zfs tank rw\n".formatted(this.root));
        Path zfs = scripts.resolve("zfs");
        Files.writeString(zfs, """
                #!/bin/sh
                # Stands for ZFS: a snapshot is a copy.
                at='%s'
                case "$1" in
                  snapshot) mkdir -p "$at/.zfs/snapshot/${2#*@}" && cp -a "$at/source" "$at/.zfs/snapshot/${2#*@}/" ;;
                  list) test -d "$at/.zfs/snapshot/${5#*@}" ;;
                  destroy) rm -rf "$at/.zfs/snapshot/${2#*@}" ;;
                esac
                """.formatted(this.root));
        assertThat(zfs.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Program.Running start() {
        Path begun = root.resolve("begun" + started++);
        var program = new Program(root.resolve("home"), Map.of("PATH", scripts + ":" + System.getenv("PATH")));
        Program.Running running = program.start(ServiceUnderKill.command(root.resolve("home"), mountTable, begun));
        TaskWorld.await("the service has begun", () -> Files.exists(begun));
        return running;
    }

    private static void kill(Program.Running running) throws InterruptedException {
        running.process().destroyForcibly();
        assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private List<String> left(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private boolean any(Path folder) {
        try {
            return !left(folder).isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    private long open() {
        return world.services
                .runs()
                .count(new RunQuery(
                        Optional.empty(),
                        Set.of(RunState.RUNNING, RunState.WAITING),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1));
    }

    private boolean isTransferring() {
        return world.services.runs().list(RunQuery.newest(20)).stream()
                .anyMatch(
                        run -> run.state() == RunState.RUNNING && run.progress().bytesDone() > 0);
    }

    private Task secretTask() throws IOException {
        Path folder = Files.createDirectories(root.resolve("letters"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(folder.resolve("letter" + i), "dear " + i);
        }
        return world.services
                .tasks()
                .create(
                        world.fields(
                                        "transfer_mode", "\"SYNC\"",
                                        "encryption", "true",
                                        "filename_encryption", "true",
                                        "encryption_password", "\"hush\"",
                                        "attributes", "{\"folder\": \"letters\"}")
                                .with("path", JsonValue.of(folder.toString())),
                        TaskWorld.CALLER);
    }

    private void pass(long millis) throws InterruptedException {
        var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    @Test
    void nothingIsLeftBehindAndNothingIsLost() throws Exception {
        for (int i = 0; i < 6; i++) {
            world.write("photo" + i, "x".repeat(100_000));
        }
        Path mark = root.resolve("mark");
        Task photos = world.task(
                "snapshot", "true",
                "pre_script", "\"touch %s; sleep 0.3; rm %s\"".formatted(mark, mark),
                "bwlimit", "[{\"time\": \"00:00\", \"bandwidth\": 1000000}]");
        Task letters = secretTask();
        List<BooleanSupplier> moments = List.of(
                () -> Files.exists(mark), () -> any(snapshots), this::isTransferring, () -> true, () -> open() == 0);
        var dice = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            world.write("photo" + i % 6, ("round " + i + ' ').repeat(20_000));
            for (Task task : List.of(photos, letters)) {
                var _ = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
            }
            Program.Running running = start();
            TaskWorld.await("the moment comes", moments.get(i % moments.size()));
            pass(dice.nextLong(250));
            kill(running);
        }
        var _ = world.services.runs().trigger(photos.id(), RunKind.REAL, TaskWorld.CALLER);
        Program.Running last = start();
        TaskWorld.await("all has ended", () -> open() == 0);
        TaskWorld.await("no snapshot is left", () -> !any(snapshots));
        last.process().destroy();
        assertThat(last.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        nothingIsLeft();
        for (Task task : List.of(photos, letters)) {
            Run newest =
                    world.services.runs().list(RunQuery.ofTask(task.id(), 1)).getFirst();
            assertThat(newest.state()).as(newest.message()).isEqualTo(RunState.SUCCESS);
        }
        for (int i = 0; i < 6; i++) {
            assertThat(world.read("photo" + i)).isEqualTo(Files.readString(world.folder.resolve("photo" + i)));
        }
        lettersComeBack(letters);
    }

    private void nothingIsLeft() throws IOException {
        assertThat(left(root.resolve("home"))).noneMatch(name -> name.contains(".new-"));
        assertThat(left(root.resolve("home/runs"))).noneMatch(name -> name.startsWith("run-"));
        long asked = number("select last from counter where name = 'run'");
        assertThat(number("select count(*) from run")).as("the history").isEqualTo(asked);
        assertThat(number("select count(*) from run where finished is null")).isZero();
        assertThat(number("select count(*) from run_remnant")).isZero();
        assertThat(number("select count(*) from run_secret")).isZero();
        assertThat(number("select count(*) from node")).isZero();
        assertThat(world.services
                        .database()
                        .read(session -> session.list("pragma integrity_check", row -> row.getString(1))))
                .contains(List.of("ok"));
    }

    private long number(String query) {
        return world.services
                .database()
                .read(session -> session.first(query, row -> row.getLong(1)).orElse(0L))
                .orElseThrow();
    }

    private void lettersComeBack(Task letters) throws IOException {
        Path back = root.resolve("back");
        Task restore = world.services
                .tasks()
                .restore(
                        letters.id(),
                        (JsonValue.Members)
                                JsonValue.parse("{\"transfer_mode\": \"COPY\", \"path\": \"%s\"}".formatted(back)),
                        TaskWorld.CALLER);
        Run run = world.run(restore);
        assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
        assertThat(left(back)).hasSize(40);
    }
}
