package io.skyferry.control.runs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.run.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private final Path folder;
    private final Path mounts;
    private final List<String> said = new ArrayList<>();
    private final Map<String, Commands.Answer> answers = new HashMap<>();

    SnapshotsTest(@TempDir Path root) throws IOException {
        this.folder = Files.createDirectories(root.toRealPath().resolve("tank/data with blank"));
        this.mounts = root.resolve("mounts");
    }

    private Snapshots on(String type, String source, Path at) throws IOException {
        Path table = folder.resolveSibling("mountinfo");
        Files.writeString(
                table,
                "20 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 20 0:2 / %s rw,relatime shared:1 - %s %s rw\n"
                        .formatted(at.toString().replace(" ", "\\040"), type, source));
        return new Snapshots(
                words -> {
                    said.add(String.join(" ", words));
                    return answers.getOrDefault(words.getFirst(), new Commands.Answer(0, ""));
                },
                table,
                mounts);
    }

    @Test
    void wholeDatasetOfZfsIsTakenWithThoseBelow() throws IOException {
        Snapshots snapshots = on("zfs", "tank/data", folder);
        Snapshots.Planned planned = snapshots.plan(folder, "cloud_sync-1-20261121");
        snapshots.take(planned);
        assertThat(planned.folder()).isEqualTo(folder.resolve(".zfs/snapshot/cloud_sync-1-20261121"));
        snapshots.remove(planned.kind(), planned.name());
        assertThat(said)
                .containsExactly(
                        "zfs snapshot -r tank/data@cloud_sync-1-20261121",
                        "zfs list -H -t snapshot tank/data@cloud_sync-1-20261121",
                        "zfs destroy -r tank/data@cloud_sync-1-20261121");
    }

    @Test
    void partOfADatasetIsReadInTheSnapshotOfAllOfIt() throws IOException {
        Snapshots.Planned planned =
                on("zfs", "tank", requireNonNull(folder.getParent())).plan(folder, "s");
        assertThat(planned.folder()).isEqualTo(Path.of(folder.getParent() + "/.zfs/snapshot/s/data with blank"));
        assertThat(planned.making()).containsExactly(List.of("zfs", "snapshot", "tank@s"));
    }

    @Test
    void volumeOfAThinPoolIsMountedToBeRead() throws IOException {
        answers.put("lvs", new Commands.Answer(0, "  vg0/data/pool0  "));
        Snapshots snapshots = on("xfs", "/dev/mapper/vg0-data", folder);
        Snapshots.Planned planned = snapshots.plan(folder, "s");
        snapshots.take(planned);
        snapshots.remove(planned.kind(), planned.name());
        assertThat(said)
                .contains(
                        "lvcreate -s -kn -n s vg0/data",
                        "mount -o ro,nouuid /dev/vg0/s " + mounts.resolve("s"),
                        "lvremove -f vg0/s");
    }

    @Test
    void fileSystemWithoutSnapshotsIsToldInWords() throws IOException {
        answers.put("lvs", new Commands.Answer(5, "no such volume"));
        Snapshots snapshots = on("ext4", "/dev/sdb1", folder);
        assertThatThrownBy(() -> snapshots.plan(folder, "s"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is on 'ext4'");
    }

    @Test
    void whatACommandSaysIsTold() throws IOException {
        answers.put("zfs", new Commands.Answer(1, "permission denied"));
        Snapshots snapshots = on("zfs", "tank", folder);
        Snapshots.Planned planned = snapshots.plan(folder, "s");
        assertThatThrownBy(() -> snapshots.take(planned)).hasMessageContaining("permission denied");
    }
}
