package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullFolderTest {
    private final TaskWorld world;

    PullFolderTest(@TempDir Path root) throws IOException {
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Task pull(String folder) {
        return world.task("direction", "\"PULL\"", "attributes", "{\"folder\": \"%s\"}".formatted(folder));
    }

    @Test
    void folderHasToBeThereWhenATaskIsToBringFilesFromIt() throws IOException {
        Files.createDirectories(world.account.resolve("there/below"));
        Files.writeString(world.account.resolve("there/file"), "no folder");
        assertThat(pull("there/below").id()).isPositive();
        assertThat(pull("").id()).isPositive();
        assertThatThrownBy(() -> pull("there/missing"))
                .isInstanceOf(InvalidException.class)
                .hasMessage("attributes.folder: Directory does not exist");
        assertThatThrownBy(() -> pull("there/file"))
                .isInstanceOf(InvalidException.class)
                .hasMessage("attributes.folder: This is not a directory");
    }

    @Test
    void taskWhoseFolderHasGoneCanBeSwitchedOffAndIsRefusedAnotherOne() throws IOException {
        Path folder = Files.createDirectories(world.account.resolve("there"));
        Task task = pull("there");
        Files.delete(folder);
        JsonValue.Members off = JsonValue.Members.EMPTY.with("enabled", JsonValue.of(false));
        assertThat(world.services
                        .tasks()
                        .update(task.id(), off, TaskWorld.CALLER)
                        .revision())
                .isGreaterThan(task.revision());
        JsonValue.Members elsewhere = JsonValue.Members.EMPTY.with(
                "attributes", JsonValue.Members.EMPTY.with("folder", JsonValue.of("elsewhere")));
        assertThatThrownBy(() -> world.services.tasks().update(task.id(), elsewhere, TaskWorld.CALLER))
                .hasMessage("attributes.folder: Directory does not exist");
    }
}
