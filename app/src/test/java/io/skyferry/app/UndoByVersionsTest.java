package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class UndoByVersionsTest {
    private final TaskWorld world;
    private final S3Simulator server =
            new S3Simulator(S3Rules.AMAZON.with(S3Rules.Versions.ON), Instant::now).withBucket("bucket");

    UndoByVersionsTest(@TempDir Path root) throws IOException {
        this.world = new TaskWorld(root, Optional.empty());
        world.services
                .credentials()
                .add(
                        "cloud",
                        "s3",
                        SettingChanges.of(Map.of(
                                "provider",
                                "minio",
                                "endpoint",
                                server.address().toString(),
                                "access-key-id",
                                S3Simulator.KEY_ID,
                                "secret-access-key",
                                S3Simulator.SECRET)));
    }

    @AfterEach
    void end() {
        world.close();
        server.close();
    }

    private Task task() {
        long cloud = world.services.credentials().get("cloud").id();
        return world.services
                .tasks()
                .create(
                        world.fields("transfer_mode", "\"SYNC\"", "max_delete", "\"off\"")
                                .with("credentials", JsonValue.of(cloud))
                                .with("attributes", JsonValue.parse("{\"bucket\":\"bucket\",\"folder\":\"x\"}")),
                        TaskWorld.CALLER);
    }

    private Run undone(Run run) {
        return world.ended(
                world.services.runs().undo(run.id(), TaskWorld.CALLER).id());
    }

    private String there(String name) {
        return new String(server.bytes("bucket", "x/" + name), StandardCharsets.UTF_8);
    }

    @Test
    void whatARunReplacedAndDeletedComesBackUnlessALaterOneChangedIt() throws IOException {
        Task task = task();
        for (String name : new String[] {"replaced", "deleted", "again"}) {
            world.write(name, "first " + name);
        }
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);
        world.write("replaced", "second, replaced");
        world.write("again", "second, again");
        Files.delete(world.folder.resolve("deleted"));
        Run run = world.run(task);
        assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
        assertThat(server.keys("bucket")).doesNotContain("x/deleted");
        world.write("again", "third, again");
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);

        Run undone = undone(run);
        assertThat(undone.state()).as(undone.message()).isEqualTo(RunState.WARNINGS);
        assertThat(there("replaced")).isEqualTo("first replaced");
        assertThat(there("deleted")).isEqualTo("first deleted");
        assertThat(there("again")).isEqualTo("third, again");
        assertThat(world.log(undone)).contains("A later run changed it again");
    }

    @Test
    void targetThatKeepsNothingSaysSo() throws IOException {
        world.write("a.txt", "one");
        Task task = world.task();
        Run run = world.run(task);
        Run undone = undone(run);
        assertThat(undone.state()).isEqualTo(RunState.FAILED);
        assertThat(undone.message()).contains("replaces and deletes for good");
    }
}
