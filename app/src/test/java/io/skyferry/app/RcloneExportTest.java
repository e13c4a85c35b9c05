package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.exchange.ImportReport;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportWishes;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.exchange.RcloneExport;
import io.skyferry.control.exchange.RcloneRemotes;
import io.skyferry.control.exchange.RcloneSecret;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Task;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// rclone reads what we wrote by what we exported, and we go on with what its own configuration says.
@Tag("slow")
@Tag("rclone")
class RcloneExportTest {
    private final NasWorld world;

    RcloneExportTest(@TempDir Path folder) throws Exception {
        world = new NasWorld(folder, NasWorld.Door.PLAIN);
        world.write("letters/a/one.txt", "one");
        world.write("letters/gr\u00FC\u00DFe.txt", "two");
    }

    @BeforeEach
    void rcloneIsThere() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(one -> Files.isExecutable(Path.of(one, "rclone"))),
                "rclone is not installed");
    }

    @AfterEach
    void end() {
        world.close();
    }

    private String rclone(String password, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rclone"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("RCLONE_CONFIG", world.root.resolve("rclone.conf").toString());
        builder.environment().put("RCLONE_CONFIG_PASS", password);
        builder.environment().put("AWS_CA_BUNDLE", "");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private Task saved(String name, String more) {
        JsonValue.Members fields = (JsonValue.Members) JsonValue.parse(world.task(
                Long.toString(world.services.credentials().get("cloud").id()), name, more));
        return world.services
                .tasks()
                .create(
                        fields.with(
                                "path",
                                JsonValue.of(world.tank.resolve("letters").toString())),
                        NasWorld.ROOT);
    }

    private void write(String config) throws IOException {
        Files.writeString(world.root.resolve("rclone.conf"), config);
    }

    @Test
    void rcloneReadsWhatTasksWrote() throws Exception {
        world.services
                .credentials()
                .add(
                        "cloud",
                        "s3",
                        SettingChanges.of(Map.of(
                                "provider",
                                "other",
                                "endpoint",
                                world.bucket.address().toString(),
                                "access-key-id",
                                S3Simulator.KEY_ID,
                                "secret-access-key",
                                S3Simulator.SECRET)));
        Task plain = saved("plain", "");
        Task sealed = saved(
                "sealed",
                ",\"encryption\":true,\"filename_encryption\":true,\"encryption_password\":\"p\u00F6tato \\\"`\","
                        + "\"encryption_salt\":\"salt\"");
        Task named = saved("named", ",\"encryption\":true,\"encryption_password\":\"hush\"");
        for (Task task : List.of(plain, sealed, named)) {
            world.run(task);
        }

        write(new RcloneExport(world.services.credentials(), world.services.tasks(), world.services.encryption())
                .text());
        String letters = world.tank.resolve("letters").toString();
        rclone("", "check", "--download", letters, "cloud:backups/plain");
        rclone("", "check", "--download", letters, "task-%s:".formatted(sealed.id()));
        rclone("", "cryptcheck", letters, "task-%s:".formatted(named.id()));
        assertThat(rclone("", "lsf", "-R", "task-%s:".formatted(sealed.id()))).contains("gr\u00FC\u00DFe.txt");
        assertThat(rclone("", "lsf", "cloud:backups/sealed")).doesNotContain("txt");
    }

    @Test
    void rcloneReadsAccountsThatAreEncryptedInEachWay() throws Exception {
        Map<String, Map<String, String>> ways = Map.of(
                "usual", Map.of(),
                "salted", Map.of("crypt-salt", "tl\u00E4s", "crypt-encoding", "base64"),
                "folders in the open", Map.of("crypt-directory-names", "off"),
                "scrambled", Map.of("crypt-names", "obfuscate"),
                "open", Map.of("crypt-names", "off"),
                "plain", Map.of("crypt-names", "off", "crypt-encoding", "base32768"));
        for (Map.Entry<String, Map<String, String>> way : ways.entrySet()) {
            Map<String, String> settings = new HashMap<>(way.getValue());
            Path stored = Files.createDirectories(world.root.resolve("stored " + way.getKey()));
            settings.put("path", stored.toString());
            settings.put("crypt-password", "p\u00F6tato");
            long id = world.services
                    .credentials()
                    .add(way.getKey(), "local", SettingChanges.of(settings))
                    .id();
            JsonValue.Members fields =
                    (JsonValue.Members) JsonValue.parse(world.task(Long.toString(id), "letters", ""));
            Task task = world.services
                    .tasks()
                    .create(fields.with("attributes", JsonValue.parse("{\"folder\":\"\"}")), NasWorld.ROOT);
            world.run(task);
        }

        write(new RcloneExport(world.services.credentials(), world.services.tasks(), world.services.encryption())
                .text());
        for (String way : ways.keySet()) {
            rclone("", "check", "--download", world.tank.resolve("letters").toString(), way + ":");
            assertThat(rclone("", "lsf", "-R", way + ":")).as(way).contains("gr\u00FC\u00DFe.txt");
        }
    }

    @Test
    void configurationOfRcloneItselfComesWholeAndItsTasksRun() throws Exception {
        rclone(
                "",
                "config",
                "create",
                "their cloud",
                "s3",
                "provider=Other",
                "access_key_id=" + S3Simulator.KEY_ID,
                "secret_access_key=" + S3Simulator.SECRET,
                "endpoint=" + world.bucket.address(),
                "--no-obscure");
        rclone("", "config", "create", "short", "alias", "remote=their cloud:backups/deep");
        rclone(
                "",
                "config",
                "create",
                "sealed",
                "crypt",
                "remote=short:sealed",
                "password=hush",
                "password2=salt",
                "--obscure");
        rclone("", "config", "create", "disk", "local");
        rclone("", "config", "create", "drive", "drive", "--non-interactive");
        rclone("", "copy", world.tank.resolve("letters").toString(), "sealed:");

        ImportReport report = take("");
        assertThat(report.lines().stream().filter(line -> line.fate() == Fate.LEFT_OUT))
                .extracting(ImportReport.Line::name)
                .containsExactly("drive");
        Task sealed = world.services.tasks().named("sealed");
        world.services
                .tasks()
                .update(sealed.id(), (JsonValue.Members) JsonValue.parse("{\"direction\":\"PULL\"}"), NasWorld.ROOT);
        world.run(sealed);
        assertThat(world.tank.resolve("sealed/a/one.txt")).hasContent("one");
    }

    private ImportReport take(String password) throws IOException {
        String text = Files.readString(world.root.resolve("rclone.conf"));
        String plain = RcloneSecret.isEncrypted(text) ? RcloneSecret.opened(text, password) : text;
        var wishes =
                new ImportWishes(Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.of(world.tank.toString()));
        return world.services
                .imports()
                .rclone(RcloneRemotes.read(plain, world.services.encryption()), wishes, NasWorld.ROOT);
    }
}
