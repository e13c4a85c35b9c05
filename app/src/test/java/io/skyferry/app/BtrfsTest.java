package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots on a real Btrfs, in a file that is mounted as a disk. Takes root and a kernel that knows it.
@Tag("slow")
class BtrfsTest {
    private static final long DISK_BYTES = 256L * 1024 * 1024;

    private final Path mount;
    private final TaskWorld world;

    BtrfsTest(@TempDir Path root) throws IOException, InterruptedException {
        this.mount = Files.createDirectories(root.resolve("disk"));
        Path image = root.resolve("disk.img");
        try (var disk = new RandomAccessFile(image.toFile(), "rw")) {
            disk.setLength(DISK_BYTES);
        }
        assumeTrue(Files.readString(Path.of("/proc/filesystems")).contains("btrfs"), "a kernel that knows Btrfs");
        assumeTrue(said("mkfs.btrfs", "-q", image.toString()) == 0, "mkfs.btrfs");
        assumeTrue(said("mount", "-o", "loop", image.toString(), mount.toString()) == 0, "leave to mount");
        this.world = new TaskWorld(mount, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
        // What a killed process had open may be so for a moment.
        TaskWorld.await("the disk can be taken out", this::isUnmounted);
    }

    private boolean isUnmounted() {
        try {
            return said("umount", mount.toString()) == 0;
        } catch (IOException | InterruptedException failure) {
            return false;
        }
    }

    private static int said(String... words) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : 1;
        } catch (IOException missing) {
            return 127;
        }
    }

    private List<String> snapshots() throws IOException {
        try (var entries = Files.list(mount)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(".skyferry-snapshot"))
                    .toList();
        }
    }

    private boolean hasSnapshot() {
        try {
            return !snapshots().isEmpty();
        } catch (IOException failure) {
            return false;
        }
    }

    private Task task() throws IOException {
        world.write("large.bin", "x".repeat(600_000));
        return world.task(
                "snapshot",
                "true",
                "bwlimit",
                "[{\"time\": \"00:00\", \"bandwidth\": 200000}]",
                "pre_script",
                "\"echo at rest > $CLOUD_SYNC_PATH/state\"");
    }

    @Test
    void runSeesWhatThePreScriptBroughtToRestAndNothingLater() throws IOException {
        Task task = task();
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        TaskWorld.await("the snapshot is there", this::hasSnapshot);
        TaskWorld.await(
                "bytes go over",
                () -> world.services.runs().get(asked.id()).progress().bytesDone() > 0);
        world.write("later.txt", "too late");
        Run ended = world.ended(asked.id());
        assertThat(ended.state()).as(ended.message()).isEqualTo(RunState.SUCCESS);
        assertThat(world.read("state")).isEqualTo("at rest\n");
        assertThat(world.account.resolve("photos/later.txt")).doesNotExist();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void stoppedRunLeavesNoSnapshot() throws IOException {
        Task task = task();
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        TaskWorld.await("the snapshot is there", this::hasSnapshot);
        world.services.runs().abort(asked.id(), TaskWorld.CALLER);
        assertThat(world.ended(asked.id()).state()).isEqualTo(RunState.ABORTED);
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void snapshotOfAKilledProcessIsRemovedByTheNext() throws IOException, InterruptedException {
        Task task = task();
        var killed = new Program(mount.resolve("home")).start("task", "run", Long.toString(task.id()));
        TaskWorld.await("the snapshot is there", this::hasSnapshot);
        killed.process().destroyForcibly();
        assertThat(killed.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(snapshots()).hasSize(1);
        Run lost = world.services.runs().list(RunQuery.ofTask(task.id(), 1)).getFirst();
        world.start();
        TaskWorld.await(
                "it goes on",
                () -> world.services
                                .runs()
                                .list(RunQuery.ofTask(task.id(), 1))
                                .getFirst()
                                .id()
                        > lost.id());
        Run again = world.ended(world.services
                .runs()
                .list(RunQuery.ofTask(task.id(), 1))
                .getFirst()
                .id());
        assertThat(again.state()).as(again.message()).isEqualTo(RunState.SUCCESS);
        assertThat(snapshots()).isEmpty();
    }
}
