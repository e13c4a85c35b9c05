package io.skyferry.control.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.control.vault.VaultException;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.WrongSettingException;
import io.skyferry.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String SECRET = "hunter2-hunter2";

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Path home;
    private final AppDatabase database;

    CredentialsTest(@TempDir Path folder) {
        this.home = folder.resolve("home");
        this.database = new SqliteDatabase(home.resolve("app.db"), clock::get);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private Credentials credentials() {
        var vault = new Vault(new KeyFile(home.resolve("secret.key")), SecureRandom::new);
        return new Credentials(database, vault, new Kinds(List.of(new Cloud("cloud"), new Cloud("sky"))), clock::get);
    }

    /// A kind of storage, as far as its settings go.
    private record Cloud(String key) implements StorageProvider {
        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("path", "Bucket and folder", "Where it begins.", true, false),
                    new Setting("user", "User", "Who.", true, false),
                    new Setting("password", "Password", "The user's.", true, true),
                    new Setting("pin", "PIN", "Of the card.", false, true).of(new Kind.Whole(0, 9999)),
                    new Setting("retries", "Retries", "How many.", false, false).of(new Kind.Whole(0, 9)));
        }

        @Override
        public void check(Map<String, String> settings) {
            if (settings.getOrDefault("user", "").equals("lazy") && settings.containsKey("retries")) {
                throw new WrongSettingException(
                        "retries", "Want few for 'lazy' but have '%s'".formatted(settings.get("retries")));
            }
        }

        @Override
        public Storage open(Map<String, String> settings) {
            throw new IllegalStateException("Nothing here opens storages");
        }
    }

    private static SettingChanges settings(String... namesAndValues) {
        Map<String, String> all = new HashMap<>(Map.of("user", "me", "password", SECRET));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return SettingChanges.of(all);
    }

    private static StorageSpec place(String name, String path) {
        return new StorageSpec(name, Map.of("path", path));
    }

    @Test
    void whatWasAddedIsThereWithoutItsSecrets() {
        credentials().add("work", "cloud", settings("retries", "3"));
        Credential found = credentials().get("work");
        assertThat(found.settings()).isEqualTo(Map.of("user", "me", "retries", "3"));
        assertThat(found.secrets()).containsExactly("password");
        assertThat(found.provider()).isEqualTo("cloud");
        assertThat(found.created()).isEqualTo(clock.get());
        assertThat(credentials().list()).containsExactly(found);
    }

    @Test
    void placeOfACredentialGetsItsSettingsAndSecrets() {
        credentials().add("work", "cloud", settings());
        assertThat(credentials().resolve(place("work", "bucket/dir")))
                .isEqualTo(new StorageSpec("cloud", Map.of("path", "bucket/dir", "user", "me", "password", SECRET)));
    }

    @Test
    void savedPathIsWherePlacesBegin() {
        credentials().add("work", "cloud", settings("path", "bucket/base"));
        assertThat(credentials().resolve(place("work", "")).settings()).containsEntry("path", "bucket/base");
        assertThat(credentials().resolve(place("work", "/dir/")).settings()).containsEntry("path", "bucket/base/dir/");
        assertThatThrownBy(() -> credentials().resolve(place("work", "../other")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("below 'bucket/base'");
    }

    @Test
    void settingsOfThePlaceComeFirstAndUnknownOnesAreLeftOut() {
        credentials().add("work", "cloud", settings("retries", "3"));
        StorageSpec asked = new StorageSpec(
                "work", Map.of("path", "b", "cloud.retries", "5", "sky.user", "you", "links", "follow"));
        assertThat(credentials().resolve(asked).settings())
                .containsEntry("retries", "5")
                .containsEntry("user", "me")
                .doesNotContainKeys("links", "cloud.retries", "sky.user");
    }

    @Test
    void unknownPlaceSaysWhichAreKnown() {
        assertThatThrownBy(() -> credentials().resolve(place("wrok", "x")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'wrok:x'")
                .hasMessageContaining("None is saved yet")
                .hasMessageContaining("'./wrok:x'");
        credentials().add("work", "cloud", settings());
        credentials().add("home", "sky", settings());
        assertThatThrownBy(() -> credentials().resolve(place("wrok", "x")))
                .hasMessageContaining("Known: home, work")
                .hasMessageContaining("cloud, sky");
        assertThatThrownBy(() -> credentials().get("wrok")).hasMessageContaining("Known: home, work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:b", "a/b", "cloud", "crypt", "-x", ".x", "work ", "a\nb", "w\u0000k"})
    void namesThatCannotStandBeforeAColonAreRefused(String name) {
        assertThatThrownBy(() -> credentials().add(name, "cloud", settings())).isInstanceOf(RefusedException.class);
        assertThat(credentials().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work", "my nas", "größe", "a+b@c.d-e", "_x", "ab"})
    void namesAsInRcloneAreTaken(String name) {
        credentials().add(name, "cloud", settings());
        assertThat(credentials().get(name).name()).isEqualTo(name);
    }

    @Test
    void namesAreUnique() {
        credentials().add("work", "cloud", settings());
        assertThatThrownBy(() -> credentials().add("work", "sky", settings()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("already");
        credentials().add("Work", "sky", settings());
        assertThatThrownBy(() -> credentials().edit("Work", Optional.of("work"), SettingChanges.of(Map.of())))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void wrongSettingsAreRefusedWithoutQuotingSecrets() {
        assertThatThrownBy(() -> credentials().add("work", "cloud", settings("colour", "red")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'colour'")
                .hasMessageContaining("user, password");
        assertThatThrownBy(() -> credentials().add("work", "cloud", settings("retries", "many")))
                .hasMessageContaining("Want a number from 0 to 9 for 'retries' but have 'many'");
        assertThatThrownBy(() -> credentials().add("work", "cloud", settings("pin", "sesame")))
                .hasMessageContaining("'pin'")
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> credentials().add("work", "cloud", settings("password", "two\nlines")))
                .hasMessageContaining("'password'")
                .hasMessageNotContaining("lines");
        assertThatThrownBy(() -> credentials().add("work", "cloud", settings("password", "")))
                .hasMessageContaining("Want 'password' (Password)");
        assertThatThrownBy(() -> credentials().add("work", "moon", settings()))
                .hasMessageContaining("cloud, sky")
                .hasMessageContaining("'moon'");
        assertThat(credentials().list()).isEmpty();
    }

    @Test
    void editChangesWhatIsNamedAndNothingElse() {
        Credential before = credentials().add("work", "cloud", settings("retries", "3"));
        clock.advance(Duration.ofMinutes(1));
        Credential after = credentials()
                .edit(
                        "work",
                        Optional.of("office"),
                        new SettingChanges(Map.of("user", "you", "pin", "1234"), Set.of("retries")));
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.changed()).isEqualTo(before.changed().plusSeconds(60));
        assertThat(after.created()).isEqualTo(before.created());
        assertThat(after.settings()).isEqualTo(Map.of("user", "you"));
        assertThat(credentials().resolve(place("office", "b")).settings())
                .containsEntry("password", SECRET)
                .containsEntry("pin", "1234");
        assertThatThrownBy(() -> credentials().get("work")).isInstanceOf(RefusedException.class);
    }

    @Test
    void editThatWouldLeaveTooLittleChangesNothing() {
        credentials().add("work", "cloud", settings());
        assertThatThrownBy(() -> credentials()
                        .edit("work", Optional.empty(), new SettingChanges(Map.of("user", "you"), Set.of("password"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'password'");
        assertThat(credentials().get("work").settings()).containsEntry("user", "me");
        assertThatThrownBy(
                        () -> credentials().edit("nothing", Optional.empty(), SettingChanges.of(Map.of("user", "x"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Known: work");
    }

    @Test
    void removedCredentialIsGoneAndItsNumberNeverComesBack() {
        long first = credentials().add("work", "cloud", settings()).id();
        credentials().remove("work");
        assertThat(credentials().list()).isEmpty();
        assertThat(credentials().add("work", "cloud", settings()).id()).isGreaterThan(first);
        assertThatThrownBy(() -> credentials().remove("other")).isInstanceOf(RefusedException.class);
    }

    @Test
    void credentialThatAnotherOneNamesStays() {
        credentials().add("work", "cloud", settings());
        credentials().add("sealed", "cloud", settings("path", "work:bucket/secret"));
        assertThatThrownBy(() -> credentials().remove("work"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'sealed'");
        assertThatThrownBy(() -> credentials().edit("work", Optional.of("other"), SettingChanges.of(Map.of())))
                .isInstanceOf(RefusedException.class);
        assertThat(credentials().list()).hasSize(2);
    }

    @Test
    void secretsStandInNoFileAndInNoText() throws IOException {
        SettingChanges given = settings("pin", "4711");
        Credential made = credentials().add("work", "cloud", given);
        StorageSpec resolved = credentials().resolve(place("work", "b"));
        assertThat(given + " " + made + " " + resolved + " " + credentials().list())
                .doesNotContain(SECRET)
                .doesNotContain("4711");
        database.close();
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(SECRET));
        }
    }

    @Test
    void listWorksWithoutTheKeyFileAndOpeningSaysWhatIsMissing() throws IOException {
        credentials().add("work", "cloud", settings());
        Files.delete(home.resolve("secret.key"));
        assertThat(credentials().list()).hasSize(1);
        assertThatThrownBy(() -> credentials().resolve(place("work", "b")))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("secret.key");
        assertThatThrownBy(() -> credentials().add("other", "cloud", settings()))
                .isInstanceOf(VaultException.class);
        assertThat(credentials().list()).hasSize(1);
        assertThat(home.resolve("secret.key")).doesNotExist();
    }

    @Test
    void secretsOfTwoCredentialsCannotBeExchanged() {
        credentials().add("work", "cloud", settings());
        credentials().add("home", "cloud", settings("password", "other"));
        database.write(
                session -> session.change(
                        "update credential_setting set sealed = (select sealed from credential_setting"
                                + " where credential_id = 1 and name = 'password') where credential_id = 2 and name = 'password'"));
        assertThatThrownBy(() -> credentials().resolve(place("home", "b")))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("belongs elsewhere");
    }

    @Test
    void whatIsWrongIsToldAllAtOnceFieldByField() {
        assertThatThrownBy(() -> credentials()
                        .add("work", "cloud", SettingChanges.of(Map.of("retries", "many", "pin", "secret", "x", "y"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.fields().keySet())
                                .containsExactlyInAnyOrder(
                                        "settings.retries",
                                        "settings.pin",
                                        "settings.x",
                                        "settings.user",
                                        "settings.password"))
                .hasMessageNotContaining("'secret'");
    }

    @Test
    void providerSaysWhatItsSettingsMeanTogether() {
        credentials().add("work", "cloud", settings("retries", "8"));
        assertThatThrownBy(
                        () -> credentials().edit("work", Optional.empty(), SettingChanges.of(Map.of("user", "lazy"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.fields())
                                .containsExactly(Map.entry("settings.retries", "Want few for 'lazy' but have '8'")));
        assertThat(credentials().get("work").settings()).containsEntry("user", "me");
        credentials().edit("work", Optional.empty(), SettingChanges.of(Map.of("user", "lazy", "retries", "")));
    }
}
