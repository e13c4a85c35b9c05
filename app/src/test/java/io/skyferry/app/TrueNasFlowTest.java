package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A script written for TrueNAS, from login to logout, against a whole service and a bucket.
@Tag("slow")
class TrueNasFlowTest {
    private final Path folder;

    TrueNasFlowTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource(NasWorld.Door.class)
    void everyMechanismOpens(NasWorld.Door door) throws GeneralSecurityException, IOException {
        try (var world = new NasWorld(folder, door)) {
            String key = world.adminKey;
            try (NasClient client = NasClient.to(world.url(), world.trust())) {
                assertThat(client.call("auth.mechanism_choices", "[]").text())
                        .contains("PASSWORD_PLAIN", "API_KEY_PLAIN", "SCRAM", "TOKEN_PLAIN");
                assertThat(client.fail("cloudsync.query", "[]")
                                .at("data", "error")
                                .text())
                        .isEqualTo("207");
                assertThat(client.scram("admin", key + "x", Optional.empty())).isEqualTo("AUTH_ERR");
                assertThat(client.scram("reader", key, Optional.empty())).isEqualTo("AUTH_ERR");
                assertThat(client.scram("admin", key, Optional.empty())).isEqualTo("SERVER_FINAL_RESPONSE");
                assertThat(client.call("auth.me", "[]").at("pw_name").text()).isEqualTo("admin");
                assertThat(client.call("auth.logout", "[]").text()).isEqualTo("true");
                assertThat(client.fail("core.get_jobs", "[]").text()).contains("ENOTAUTHENTICATED");
            }
            boolean tls = door == NasWorld.Door.TLS;
            try (NasClient client = NasClient.to(world.url(), world.trust())) {
                byte[] binding = tls ? world.endPoint() : new byte[32];
                assertThat(client.scram("admin", key, Optional.of(binding)))
                        .isEqualTo(tls ? "SERVER_FINAL_RESPONSE" : "AUTH_ERR");
                binding[5]++;
                assertThat(client.scram("admin", key, Optional.of(binding))).isEqualTo("AUTH_ERR");
            }
            try (NasClient client = NasClient.to(world.url(), world.trust())) {
                String plain = "[{\"mechanism\":\"PASSWORD_PLAIN\",\"username\":\"admin\",\"password\":\"%s\"}]";
                assertThat(client.call("auth.login_ex", plain.formatted("wrong"))
                                .at("response_type")
                                .text())
                        .isEqualTo("AUTH_ERR");
                assertThat(client.call("auth.login_ex", plain.formatted(NasWorld.PASSWORD))
                                .at("response_type")
                                .text())
                        .isEqualTo("SUCCESS");
                String once = client.call("auth.generate_token", "[60, {}, true, true]")
                        .text();
                try (NasClient other = NasClient.to(world.url(), world.trust())) {
                    assertThat(other.call("auth.login_with_token", "[\"%s\"]".formatted(once))
                                    .text())
                            .isEqualTo("true");
                    assertThat(other.call("auth.me", "[]").at("pw_name").text()).isEqualTo("admin");
                    assertThat(other.call("auth.login_with_token", "[\"%s\"]".formatted(once))
                                    .text())
                            .isEqualTo("false");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NasWorld.Door.class)
    void scriptGoesItsWholeWay(NasWorld.Door door) throws Exception {
        try (var world = new NasWorld(folder, door);
                NasClient client = world.client()) {
            world.write("photos/a.txt", "one");
            world.write("photos/b/c.txt", "two");

            Plain verified = client.call(
                    "cloudsync.credentials.verify",
                    "[%s]"
                            .formatted(world.account("x")
                                    .replaceFirst("^.*\"provider\":", "")
                                    .replaceFirst("}$", "")));
            assertThat(verified.at("valid").text()).as(verified.text()).isEqualTo("true");
            Plain wrong = client.call(
                    "cloudsync.credentials.verify",
                    "[{\"type\":\"S3\",\"access_key_id\":\"AK\",\"secret_access_key\":\"s3cr3t\",\"endpoint\":\"%s\"}]"
                            .formatted(world.bucket.address()));
            assertThat(wrong.at("valid").text()).isEqualTo("false");
            assertThat(wrong.at("excerpt").text()).isNotEmpty().doesNotContain("s3cr3t");

            String account = client.call("cloudsync.credentials.create", "[%s]".formatted(world.account("cloud")))
                    .at("id")
                    .text();
            Plain buckets = client.call("cloudsync.list_buckets", "[%s]".formatted(account));
            assertThat(buckets.at(0, "Name").text()).isEqualTo("backups");
            assertThat(buckets.at(0, "IsBucket").text()).isEqualTo("true");

            Plain made = client.call("cloudsync.create", "[%s]".formatted(world.task(account, "photos", "")));
            String id = made.at("id").text();
            assertThat(made.at("credentials", "provider", "type").text()).isEqualTo("S3");
            assertThat(made.at("credentials", "provider", "region").text()).isEmpty();
            assertThat(client.call("cloudsync.update", "[%s,{\"transfers\":8}]".formatted(id))
                            .at("transfers")
                            .text())
                    .isEqualTo("8");

            String dry = client.begin("cloudsync.sync", "[%s,{\"dry_run\":true}]".formatted(id));
            assertThat(client.answer(dry).at("result").isNull()).isTrue();
            assertThat(world.bucket.keys("backups")).isEmpty();

            // What runs this long is seen on its way.
            client.call("cloudsync.update", "[%s,{\"pre_script\":\"sleep 2\"}]".formatted(id));
            String run = client.begin("cloudsync.sync", "[%s]".formatted(id));
            List<Plain> heard = client.job(run);
            assertThat(heard).extracting(one -> one.at("msg").text()).startsWith("added");
            assertThat(heard)
                    .extracting(one -> one.at("fields", "state").text())
                    .contains("RUNNING")
                    .endsWith("SUCCESS");
            Plain last = heard.getLast().at("fields");
            assertThat(last.at("progress", "percent").text()).isEqualTo("100");
            assertThat(last.at("progress", "description").text()).isNotEmpty();
            assertThat(client.answer(run).at("result").isNull()).isTrue();
            assertThat(world.bucket.keys("backups")).containsExactlyInAnyOrder("photos/a.txt", "photos/b/c.txt");

            Plain rows = client.call(
                    "cloudsync.list_directory",
                    "[{\"credentials\":%s,\"attributes\":{\"bucket\":\"backups\",\"folder\":\"photos\"}}]"
                            .formatted(account));
            assertThat(rows.list()).extracting(one -> one.at("Name").text()).containsExactlyInAnyOrder("a.txt", "b");
            assertThat(rows.list().stream()
                            .filter(one -> one.at("Name").text().equals("b"))
                            .map(one -> one.at("IsDir").text()))
                    .containsExactly("true");

            client.call("cloudsync.update", "[%s,{\"pre_script\":\"sleep 600\"}]".formatted(id));
            String slow = client.begin("cloudsync.sync", "[%s]".formatted(id));
            client.awaitJob(slow);
            assertThat(client.call("cloudsync.abort", "[%s]".formatted(id)).text())
                    .isEqualTo("true");
            Plain aborted = client.answer(slow).at("error");
            assertThat(aborted.at("code").text()).isEqualTo("-32001");
            assertThat(aborted.at("data", "errname").text()).isEqualTo("ECANCELED");
            assertThat(client.job(slow).getLast().at("fields", "state").text()).isEqualTo("ABORTED");
            assertThat(client.call("cloudsync.abort", "[%s]".formatted(id)).text())
                    .isEqualTo("false");

            Plain back = client.call(
                    "cloudsync.restore",
                    "[%s,{\"description\":\"back\",\"transfer_mode\":\"COPY\",\"path\":\"%s\"}]"
                            .formatted(id, world.tank.resolve("back")));
            assertThat(back.at("direction").text()).isEqualTo("PULL");
            assertThat(back.at("enabled").text()).isEqualTo("false");
            String restoring = client.begin("cloudsync.sync", "[%s]".formatted(back.at("id")));
            assertThat(client.answer(restoring).at("result").isNull()).isTrue();
            assertThat(world.tank.resolve("back/b/c.txt")).hasContent("two");

            assertThat(client.call(
                                    "cloudsync.query",
                                    "[[[\"credentials.provider.type\",\"=\",\"S3\"],[\"OR\",[[\"description\",\"^\","
                                            + "\"pho\"],[\"direction\",\"=\",\"PULL\"]]]],"
                                            + "{\"order_by\":[\"-id\"],\"select\":[\"id\",\"job.state\"]}]")
                            .list())
                    .extracting(Plain::text)
                    .containsExactly(
                            "{id=%s, job={state=SUCCESS}}".formatted(back.at("id")),
                            "{id=%s, job={state=ABORTED}}".formatted(id));

            Plain invalid = client.fail(
                    "cloudsync.create",
                    "[%s]"
                            .formatted(
                                    world.task(
                                            account,
                                            "photos",
                                            ",\"encryption\":true,\"bwlimit\":"
                                                    + "[{\"time\":\"18:00\",\"bandwidth\":1},{\"time\":\"08:00\",\"bandwidth\":2}]")));
            assertThat(invalid.at("code").text()).isEqualTo("-32602");
            assertThat(invalid.at("data", "extra").text())
                    .contains("cloud_sync_create.encryption_password", "cloud_sync_create.bwlimit.1.time");

            String job = last.at("id").text();
            String url = client.call("core.job_download_logs", "[%s,\"photos.log\"]".formatted(job))
                    .text();
            HttpResponse<String> log = fetch(world, url);
            assertThat(log.statusCode()).isEqualTo(200);
            assertThat(log.body()).contains("photos");
            assertThat(log.headers().firstValue("Content-Disposition").orElse(""))
                    .contains("photos.log");
            assertThat(fetch(world, url.replace("/" + job + "?", "/1?")).statusCode())
                    .isEqualTo(403);
            String token = url.replaceFirst("^.*=", "");
            assertThat(client.call("auth.login_with_token", "[\"%s\"]".formatted(token))
                            .text())
                    .isEqualTo("false");

            for (String one : List.of(id, back.at("id").text())) {
                assertThat(client.call("cloudsync.delete", "[%s]".formatted(one))
                                .text())
                        .isEqualTo("true");
            }
            assertThat(client.call("cloudsync.credentials.delete", "[%s]".formatted(account))
                            .text())
                    .isEqualTo("true");
            assertThat(client.call("auth.logout", "[]").text()).isEqualTo("true");
            assertThat(client.fail("cloudsync.query", "[]")
                            .at("data", "errname")
                            .text())
                    .isEqualTo("ENOTAUTHENTICATED");
        }
    }

    private static HttpResponse<String> fetch(NasWorld world, String path) throws Exception {
        HttpClient.Builder builder = HttpClient.newBuilder();
        world.trust().ifPresent(builder::sslContext);
        try (HttpClient http = builder.build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(world.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void encryptedNamesAreTold() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            world.write("letters/dear.txt", "one");
            String account = client.call("cloudsync.credentials.create", "[%s]".formatted(world.account("cloud")))
                    .at("id")
                    .text();
            String secret = ",\"encryption\":true,\"filename_encryption\":true,\"encryption_password\":\"hush\","
                    + "\"encryption_salt\":\"salt\"";
            String id = client.call("cloudsync.create", "[%s]".formatted(world.task(account, "letters", secret)))
                    .at("id")
                    .text();
            client.call("cloudsync.sync", "[%s]".formatted(id));
            world.bucket.withBucket("other");
            Plain rows = client.call(
                    "cloudsync.list_directory",
                    "[{\"credentials\":%s,\"attributes\":{\"bucket\":\"backups\",\"folder\":\"letters\"}%s}]"
                            .formatted(account, secret));
            assertThat(rows.list().stream()
                            .filter(one -> one.has("Decrypted"))
                            .map(one -> one.at("Decrypted").text()))
                    .containsExactly("dear.txt");
            assertThat(rows.text()).doesNotContain("Name=dear.txt");
        }
    }
}
