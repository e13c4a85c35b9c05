package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ConfigArchiveTest {
    private final Path root;
    private final TaskWorld world;

    ConfigArchiveTest(@TempDir Path root) throws IOException {
        this.root = root;
        this.world = new TaskWorld(root, Optional.empty());
    }

    @AfterEach
    void end() {
        world.close();
    }

    private static ConfigArchive of(TaskWorld of) {
        return new ConfigArchive(of.services.settings(), of.services.credentials(), of.services.tasks());
    }

    private Task secretTask() {
        return world.task("encryption", "true", "encryption_password", "\"correct horse\"");
    }

    @Test
    void archiveUnderAPassphraseHoldsEverythingAndShowsNothing() throws IOException {
        secretTask();
        String archive = of(world).export(Optional.of("open sesame"), TaskWorld.CALLER);
        assertThat(archive).doesNotContain("correct horse", "Photos", "account");
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (TaskWorld other = new TaskWorld(elsewhere, Optional.empty())) {
            assertThatThrownBy(() -> of(other).take(archive, Optional.of("open barley"), TaskWorld.CALLER))
                    .isInstanceOf(RefusedException.class);
            assertThat(other.services.tasks().list()).isEmpty();
            ConfigArchive.Imported made = of(other).take(archive, Optional.of("open sesame"), TaskWorld.CALLER);
            assertThat(made.left()).isEmpty();
            Task taken = other.services.tasks().named("Photos");
            assertThat(other.services.tasks().work(taken.id()).secrets())
                    .containsEntry("encryption_password", "correct horse");
            of(other).take(archive, Optional.of("open sesame"), TaskWorld.CALLER);
            assertThat(other.services.tasks().list()).hasSize(1);
        }
    }

    @Test
    void archiveWithoutAPassphraseLeavesSecretsOutAndSaysWhatIsMissing() {
        secretTask();
        String archive = of(world).export(Optional.empty(), TaskWorld.CALLER);
        assertThat(archive).contains("Photos").doesNotContain("correct horse");
        world.services.tasks().delete(world.services.tasks().named("Photos").id(), TaskWorld.CALLER);
        assertThat(of(world).take(archive, Optional.empty(), TaskWorld.CALLER).left())
                .singleElement()
                .asString()
                .contains("encryption_password");
    }

    @Test
    void newKeySealsEverySecretAndTheOldOneOpensNone() throws IOException {
        Task task = secretTask();
        Path key = root.resolve("home/secret.key");
        List<String> before = Files.readAllLines(key);
        assertThat(world.services.vault().rotate(world.services.database())).isEqualTo(1);
        assertThat(world.services.tasks().work(task.id()).secrets())
                .containsEntry("encryption_password", "correct horse");
        assertThat(Files.readAllLines(key)).hasSize(before.size() + 1);
        Files.write(key, before);
        assertThatThrownBy(() -> world.services.tasks().work(task.id())).hasMessageContaining("Want the key");
    }
}
