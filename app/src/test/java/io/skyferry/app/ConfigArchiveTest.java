package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        return new ConfigArchive(
                of.services.settings(), of.services.credentials(), of.services.tasks(), of.services.channels());
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

    @Test
    void channelsComeAlongWithTheirSecrets() throws IOException {
        var wish = new Channels.Wish("ops", Channel.Kind.WEBHOOK, Map.of("url", "http://127.0.0.1:9/"), "hook key");
        world.services.channels().add(wish, TaskWorld.CALLER);
        String archive = of(world).export(Optional.of("open sesame"), TaskWorld.CALLER);
        String open = of(world).export(Optional.empty(), TaskWorld.CALLER);
        assertThat(archive + open).doesNotContain("hook key");
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (TaskWorld other = new TaskWorld(elsewhere, Optional.empty())) {
            assertThat(of(other).take(open, Optional.empty(), TaskWorld.CALLER).left())
                    .singleElement()
                    .asString()
                    .contains("'ops'", "secret");
            for (int i = 0; i < 2; i++) {
                ConfigArchive.Imported made = of(other).take(archive, Optional.of("open sesame"), TaskWorld.CALLER);
                assertThat(made.left()).isEmpty();
                assertThat(made.channels()).isEqualTo(1);
            }
            assertThat(other.services.channels().saved()).containsExactly(wish);
        }
    }

    @Test
    void tasksOfOneNameStayApart() throws IOException {
        world.task("attributes", "{\"folder\":\"/one\"}");
        world.task("attributes", "{\"folder\":\"/two\"}");
        String archive = of(world).export(Optional.of("open sesame"), TaskWorld.CALLER);
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (TaskWorld other = new TaskWorld(elsewhere, Optional.empty())) {
            for (int i = 0; i < 2; i++) {
                of(other).take(archive, Optional.of("open sesame"), TaskWorld.CALLER);
                assertThat(other.services.tasks().list()).hasSize(2);
            }
        }
    }

    @Test
    void taskIsSwitchedOffWhereTheSecretsOfItsAccountAreMissing() throws IOException {
        world.services
                .credentials()
                .edit("account", Optional.empty(), SettingChanges.of(Map.of("crypt-password", "correct horse")));
        world.task("enabled", "true");
        String archive = of(world).export(Optional.empty(), TaskWorld.CALLER);
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        try (TaskWorld other = new TaskWorld(elsewhere, Optional.empty())) {
            assertThat(of(other)
                            .take(archive, Optional.empty(), TaskWorld.CALLER)
                            .left())
                    .singleElement()
                    .asString()
                    .contains("'account'", "crypt-password");
            assertThat(other.services.tasks().named("Photos").fields().timing().enabled())
                    .isFalse();
        }
        of(world).take(archive, Optional.empty(), TaskWorld.CALLER);
        assertThat(world.services.tasks().named("Photos").fields().timing().enabled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'format':'skyferry-config','settings':{'max-runs':'5'},'credentials':[1]}",
                "{'format':'skyferry-config','settings':{'max-runs':'5'},'tasks':[[]]}",
                "{'format':'skyferry-config','settings':{'max-runs':'5'},'channels':['x']}",
                "{'format':'skyferry-config','version':2,'settings':{'max-runs':'5'}}",
                "{'format':'skyferry-sealed','rounds':1,'salt':'','nonce':'','sealed':''}",
                "{'format':'skyferry-sealed','rounds':1,'salt':'AAAA','nonce':'*','sealed':7}",
                "[]",
                ""
            })
    void whatIsNoArchiveChangesNothing(String text) {
        assertThatThrownBy(() -> of(world).take(text.replace('\'', '"'), Optional.of("open sesame"), TaskWorld.CALLER))
                .isInstanceOf(RefusedException.class);
        assertThat(world.services.settings().given(Settings.Name.MAX_RUNS)).isEmpty();
    }

    @Test
    void settingThatIsNotKnownIsToldAndTheOthersAreTaken() {
        String text = "{\"format\":\"skyferry-config\",\"settings\":{\"colour\":\"red\",\"max-runs\":\"5\"}}";
        ConfigArchive.Imported made = of(world).take(text, Optional.empty(), TaskWorld.CALLER);
        assertThat(made.settings()).isEqualTo(1);
        assertThat(made.left()).singleElement().asString().contains("'colour'");
    }
}
