package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A script with curl alone goes through REST v2.0, as scripts for TrueNAS up to 25.10 do.
@Tag("slow")
class TrueNasCurlTest {
    private final Path folder;

    TrueNasCurlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /// What curl printed, and the status.
    private record Said(int status, String body) {
        Plain json() {
            return Plain.of(body);
        }

        String text() {
            return json().text();
        }
    }

    private static Said curl(NasWorld world, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--max-time", "60", "--write-out", "\n%{http_code}"));
        if (world.url().startsWith("https")) {
            command.addAll(List.of("--cacert", world.pem().toString()));
        }
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CURL_HOME", world.root.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        int line = said.lastIndexOf('\n');
        return new Said(Integer.parseInt(said.substring(line + 1)), said.substring(0, line));
    }

    private static Said ask(NasWorld world, String verb, String path, String body)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "--request",
                verb,
                "--user",
                "admin:" + NasWorld.PASSWORD,
                "--header",
                "Content-Type: application/json"));
        if (!body.isEmpty()) {
            words.addAll(List.of("--data", body));
        }
        words.add(world.url() + "/api/v2.0" + path);
        return curl(world, words.toArray(String[]::new));
    }

    private static Plain ended(NasWorld world, String job) throws IOException, InterruptedException {
        List<Plain> last = new ArrayList<>();
        TaskWorld.await("job %s ends".formatted(job), () -> {
            try {
                last.add(
                        ask(world, "GET", "/core/get_jobs?id=" + job, "").json().at(0));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
            return !List.of("WAITING", "RUNNING")
                    .contains(last.getLast().at("state").text());
        });
        return last.getLast();
    }

    @ParameterizedTest
    @EnumSource(NasWorld.Door.class)
    void scriptWithCurlGoesItsWholeWay(NasWorld.Door door) throws Exception {
        try (var world = new NasWorld(folder, door)) {
            world.write("photos/a.txt", "one");

            assertThat(curl(world, world.url() + "/api/v2.0/cloudsync").status())
                    .isEqualTo(401);
            assertThat(curl(world, "--user", "admin:wrong", world.url() + "/api/v2.0/cloudsync")
                            .status())
                    .isEqualTo(401);
            String bearer = "Authorization: Bearer " + world.adminKey;
            assertThat(curl(world, "--header", bearer, world.url() + "/api/v2.0/cloudsync/")
                            .body())
                    .isEqualTo("[]");
            assertThat(ask(world, "GET", "/cloudsync/providers", "").text()).contains("name=S3", "name=WEBDAV");

            Said verified = ask(
                    world,
                    "POST",
                    "/cloudsync/credentials/verify",
                    "{\"provider\":\"S3\",\"attributes\":{\"access_key_id\":\"x\",\"secret_access_key\":\"y\","
                            + "\"endpoint\":\"%s\"}}".formatted(world.bucket.address()));
            assertThat(verified.json().at("valid").text()).isEqualTo("false");
            String account = ask(world, "POST", "/cloudsync/credentials", world.account("cloud"))
                    .json()
                    .at("id")
                    .text();
            assertThat(ask(world, "POST", "/cloudsync/credentials", world.account("cloud"))
                            .status())
                    .isEqualTo(422);
            assertThat(ask(world, "POST", "/cloudsync/list_buckets", account)
                            .json()
                            .at(0, "Name")
                            .text())
                    .isEqualTo("backups");

            Said wrong = ask(world, "POST", "/cloudsync", world.task("777", "photos", ""));
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.json()
                            .at("cloud_sync_create.credentials", 0, "message")
                            .text())
                    .isEqualTo("Invalid credentials");
            assertThat(ask(world, "POST", "/cloudsync", "{").status()).isEqualTo(400);
            String id = ask(world, "POST", "/cloudsync", world.task(account, "photos", ""))
                    .json()
                    .at("id")
                    .text();
            assertThat(ask(world, "GET", "/cloudsync/id/999", "").status()).isEqualTo(404);
            assertThat(ask(world, "PUT", "/cloudsync/id/" + id, "{\"transfers\":6}")
                            .json()
                            .at("transfers")
                            .text())
                    .isEqualTo("6");

            String dry = ask(world, "POST", "/cloudsync/id/" + id + "/sync", "{\"dry_run\":true}")
                    .body();
            assertThat(ended(world, dry).at("state").text()).isEqualTo("SUCCESS");
            assertThat(world.bucket.keys("backups")).isEmpty();
            String job = ask(world, "POST", "/cloudsync/id/" + id + "/sync", "").body();
            Plain ended = ended(world, job);
            assertThat(ended.at("state").text()).as(ended.text()).isEqualTo("SUCCESS");
            assertThat(ended.at("progress", "percent").text()).isEqualTo("100");
            assertThat(world.bucket.keys("backups")).containsExactly("photos/a.txt");
            assertThat(ask(
                                    world,
                                    "POST",
                                    "/cloudsync/list_directory",
                                    "{\"credentials\":%s,\"attributes\":{\"bucket\":\"backups\",\"folder\":\"photos\"}}"
                                            .formatted(account))
                            .json()
                            .at(0, "Name")
                            .text())
                    .isEqualTo("a.txt");

            Plain download = ask(
                            world,
                            "POST",
                            "/core/download",
                            "{\"method\":\"core.job_download_logs\",\"args\":[%s],\"filename\":\"x.log\"}"
                                    .formatted(job))
                    .json();
            assertThat(download.at(0).text()).isEqualTo(job);
            Said log = curl(world, world.url() + download.at(1).text());
            assertThat(log.status()).isEqualTo(200);
            assertThat(log.body()).contains("photos");

            ask(world, "PUT", "/cloudsync/id/" + id, "{\"pre_script\":\"sleep 600\"}");
            String slow =
                    ask(world, "POST", "/cloudsync/id/" + id + "/sync", "").body();
            assertThat(ask(world, "POST", "/cloudsync/id/" + id + "/abort", "").body())
                    .isEqualTo("true");
            assertThat(ended(world, slow).at("state").text()).isEqualTo("ABORTED");

            String once = ask(
                            world,
                            "POST",
                            "/cloudsync/sync_onetime",
                            "{\"cloud_sync_sync_onetime\":%s,\"cloud_sync_sync_onetime_options\":{\"dry_run\":true}}"
                                    .formatted(world.task(account, "photos", "")))
                    .body();
            Plain unsaved = ended(world, once);
            assertThat(unsaved.at("method").text()).isEqualTo("cloudsync.sync_onetime");
            assertThat(unsaved.at("state").text()).as(unsaved.text()).isEqualTo("SUCCESS");

            Said back = ask(
                    world,
                    "POST",
                    "/cloudsync/id/" + id + "/restore",
                    "{\"transfer_mode\":\"COPY\",\"path\":\"%s\"}".formatted(world.tank.resolve("back")));
            assertThat(back.json().at("direction").text()).isEqualTo("PULL");
            assertThat(ask(world, "GET", "/cloudsync?direction=PULL&count=true", "")
                            .body())
                    .isEqualTo("1");
            assertThat(ask(world, "GET", "/cloudsync?id__in=%s,99&sort=-id&limit=5".formatted(id), "")
                            .json()
                            .at(0, "description")
                            .text())
                    .isEqualTo("photos");
            assertThat(ask(world, "DELETE", "/cloudsync/credentials/id/" + account, "")
                            .status())
                    .isEqualTo(422);
            for (String one : List.of(id, back.json().at("id").text())) {
                assertThat(ask(world, "DELETE", "/cloudsync/id/" + one, "").body())
                        .isEqualTo("true");
            }
            assertThat(ask(world, "DELETE", "/cloudsync/credentials/id/" + account, "")
                            .body())
                    .isEqualTo("true");
            assertThat(curl(
                                    world,
                                    "--user",
                                    "reader:" + NasWorld.PASSWORD,
                                    "--request",
                                    "POST",
                                    "--data",
                                    "1",
                                    world.url() + "/api/v2.0/cloudsync/list_buckets")
                            .status())
                    .isEqualTo(403);
        }
    }
}
