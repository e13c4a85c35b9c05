package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.setting.Settings;
import io.skyferry.simulators.s3.S3Simulator;
import io.skyferry.storage.StorageSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
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
    void taskIsTakenAndToldInTheShapeOfTheDescription() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            world.services.settings().set(Settings.Name.ALLOWED_FOLDERS, "/mnt/tank\n" + world.root, NasWorld.ROOT);
            String account = client.call("cloudsync.credentials.create", "[%s]".formatted(world.account("Amazon S3")))
                    .at("id")
                    .text();
            String given = """
                    {"description":"nightly photos","direction":"PUSH","transfer_mode":"SYNC","path":"/mnt/tank/photos",
                     "credentials":%s,"attributes":{"bucket":"example-bucket","folder":"/photos","fast_list":true,
                     "storage_class":"STANDARD_IA","encryption":null},
                     "schedule":{"minute":"30","hour":"2","dom":"*","month":"*","dow":"*"},
                     "bwlimit":[{"time":"08:00","bandwidth":524288},{"time":"18:00","bandwidth":null}],"transfers":8,
                     "exclude":["*.tmp","$RECYCLE.BIN/"],"include":[],"snapshot":true,"encryption":true,
                     "filename_encryption":false,"encryption_password":"...","encryption_salt":"...",
                     "follow_symlinks":false,"create_empty_src_dirs":false,"pre_script":"","post_script":"","args":"",
                     "enabled":true}""".formatted(account).replace("\n", "");
            Plain made = client.call("cloudsync.create", "[%s]".formatted(given));

            assertThat(((Map<?, ?>) made.value()).keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(
                            "id",
                            "description",
                            "path",
                            "dataset",
                            "relative_path",
                            "credentials",
                            "attributes",
                            "schedule",
                            "pre_script",
                            "post_script",
                            "snapshot",
                            "include",
                            "exclude",
                            "args",
                            "enabled",
                            "bwlimit",
                            "transfers",
                            "direction",
                            "transfer_mode",
                            "encryption",
                            "filename_encryption",
                            "encryption_password",
                            "encryption_salt",
                            "create_empty_src_dirs",
                            "follow_symlinks",
                            "locked",
                            "job");
            assertThat(((Map<?, ?>) made.at("credentials", "provider").value()).keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(
                            "type",
                            "access_key_id",
                            "secret_access_key",
                            "endpoint",
                            "region",
                            "skip_region",
                            "signatures_v2",
                            "max_upload_parts",
                            "provider",
                            "force_path_style",
                            "sign_accept_encoding");
            assertThat(((Map<?, ?>) made.at("attributes").value()).keySet())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder(
                            "bucket", "folder", "fast_list", "region", "encryption", "storage_class");
            assertThat(made.at("attributes", "encryption").isNull()).isTrue();
            assertThat(made.at("encryption_password").text()).isEqualTo("...");
            assertThat(made.at("bwlimit").text())
                    .isEqualTo("[{time=08:00, bandwidth=524288}, {time=18:00, bandwidth=" + Optional.empty() + "}]");

            // What was told is taken back as it is.
            String id = made.at("id").text();
            client.send("{\"id\":\"again\",\"jsonrpc\":\"2.0\",\"method\":\"cloudsync.get_instance\",\"params\":[%s]}"
                    .formatted(id));
            assertThat(client.answer("again").at("result").text()).isEqualTo(made.text());
            assertThat(client.fail("cloudsync.create", "[%s]".formatted(given.replace("\"args\"", "\"argz\"")))
                            .at("data", "extra")
                            .text())
                    .contains("cloud_sync_create.argz");
            assertThat(client.fail(
                                    "cloudsync.create",
                                    "[%s]".formatted(given.replace("\"8\"", "8").replace(":8,", ":\"8\",")))
                            .at("data", "extra")
                            .text())
                    .contains("cloud_sync_create.transfers");
            assertThat(client.call("cloudsync.credentials.s3_provider_choices", "[]")
                            .at("Other")
                            .text())
                    .isEqualTo("Any other S3 compatible provider");
            assertThat(client.call("core.get_methods", "[]").has("cloudsync.onedrive_list_drives"))
                    .isTrue();
        }
    }

    @Test
    void scriptOfTheOlderProtocolFollowsItsJob() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = new NasClient(world.url(), "/websocket", Optional.empty())) {
            world.write("photos/a.txt", "one");
            client.send("{\"msg\":\"connect\",\"version\":\"1\",\"support\":[\"1\"]}");
            assertThat(client.next().at("msg").text()).isEqualTo("connected");
            assertThat(old(client, "cloudsync.query", "[]").at("error", "error").text())
                    .isEqualTo("207");
            assertThat(old(client, "auth.login", "[\"admin\",\"%s\"]".formatted(NasWorld.PASSWORD))
                            .at("result")
                            .text())
                    .isEqualTo("true");
            client.send("{\"id\":\"jobs\",\"msg\":\"sub\",\"name\":\"core.get_jobs\"}");
            assertThat(client.next().text()).contains("ready", "jobs");

            // As releases up to 24.10 describe an account.
            Plain account = old(
                            client,
                            "cloudsync.credentials.create",
                            ("[{\"name\":\"cloud\",\"provider\":\"S3\",\"attributes\":{\"access_key_id\":\"%s\","
                                            + "\"secret_access_key\":\"%s\",\"endpoint\":\"%s\"}}]")
                                    .formatted(S3Simulator.KEY_ID, S3Simulator.SECRET, world.bucket.address()))
                    .at("result");
            assertThat(account.at("provider").text()).isEqualTo("S3");
            assertThat(account.at("attributes", "access_key_id").text()).isEqualTo(S3Simulator.KEY_ID);
            Plain wrong = old(client, "cloudsync.create", "[%s]".formatted(world.task("77", "photos", "")));
            assertThat(wrong.at("error", "type").text()).isEqualTo("VALIDATION");
            assertThat(wrong.at("error", "extra", 0, 0).text()).isEqualTo("cloud_sync_create.credentials");
            String id = old(
                            client,
                            "cloudsync.create",
                            "[%s]".formatted(world.task(account.at("id").text(), "photos", "")))
                    .at("result", "id")
                    .text();
            String job = old(client, "cloudsync.sync", "[%s]".formatted(id))
                    .at("result")
                    .text();
            Plain frame = client.next();
            while (!frame.has("fields")
                    || !frame.at("msg").text().equals("changed")
                    || !frame.at("fields", "state").text().equals("SUCCESS")) {
                frame = client.next();
            }
            assertThat(frame.at("collection").text()).isEqualTo("core.get_jobs");
            assertThat(frame.at("id").text()).isEqualTo(job);
            assertThat(world.bucket.keys("backups")).containsExactly("photos/a.txt");
        }
    }

    private static Plain old(NasClient client, String method, String params) {
        client.send(
                "{\"id\":\"%s\",\"msg\":\"method\",\"method\":\"%s\",\"params\":%s}".formatted(method, method, params));
        return client.answer(method);
    }

    @Test
    void shortJobIsToldFromItsBeginning() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            world.write("photos/a.txt", "one");
            String account = client.call("cloudsync.credentials.create", "[%s]".formatted(world.account("cloud")))
                    .at("id")
                    .text();
            String id = client.call("cloudsync.create", "[%s]".formatted(world.task(account, "photos", "")))
                    .at("id")
                    .text();
            List<Plain> heard = client.job(client.begin("cloudsync.sync", "[%s]".formatted(id)));
            assertThat(heard.getFirst().at("msg").text()).isEqualTo("added");
            assertThat(heard.getFirst().at("fields", "state").text()).isIn("WAITING", "RUNNING");
            assertThat(heard.getFirst().at("fields", "time_finished").isNull()).isTrue();
            assertThat(heard.getLast().at("msg").text()).isEqualTo("changed");
            assertThat(heard.getLast().at("fields", "state").text()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void localAccountsAreTriedWhereTasksMayWorkAlone() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            String verify = "cloudsync.credentials.verify";
            Plain away = client.call(verify, "[{\"type\":\"LOCAL\",\"path\":\"/etc\"}]");
            assertThat(away.at("valid").text()).isEqualTo("false");
            assertThat(away.at("error").text()).contains("allowed folders");
            String here = "[{\"type\":\"LOCAL\",\"path\":\"%s\"}]".formatted(world.tank);
            assertThat(client.call(verify, here).at("valid").text()).isEqualTo("true");
            assertThat(client.call(verify, "[{\"type\":\"LOCAL\"}]").at("valid").text())
                    .isEqualTo("true");
        }
    }

    @Test
    void accountsForBucketsAreTakenFieldByField() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            Map<String, String> wrong = Map.of(
                    "\"secret_access_key\":\"\"", "secret_access_key, String should have at least 1 character",
                    "\"region\":\"x\"", "secret_access_key, Field required",
                    "\"secret_access_key\":5", "secret_access_key, Input should be a valid string",
                    "\"secret_access_key\":\"S\",\"endpoint\":\"nas\"", "endpoint, Input should be a valid URL",
                    "\"secret_access_key\":\"S\",\"skip_region\":\"no\"",
                            "skip_region, Input should be a valid boolean",
                    "\"secret_access_key\":\"S\",\"max_upload_parts\":\"9\"",
                            "max_upload_parts, Input should be a valid integer",
                    "\"secret_access_key\":\"S\",\"bucket\":\"b\"", "bucket, Extra inputs are not permitted");
            wrong.forEach((fields, told) -> assertThat(client.fail(
                                    "cloudsync.credentials.create",
                                    "[{\"name\":\"x\",\"provider\":{\"type\":\"S3\",\"access_key_id\":\"A\",%s}}]"
                                            .formatted(fields))
                            .at("data", "extra", 0)
                            .text())
                    .as(fields)
                    .isEqualTo("[cloud_sync_credentials_create.provider.%s, 22]".formatted(told)));
            assertThat(client.call("cloudsync.credentials.query", "[]").list()).isEmpty();
        }
    }

    @Test
    void writingAnAccountBackKeepsWhatTrueNasHasNoWordFor() throws Exception {
        try (var world = new NasWorld(folder, NasWorld.Door.PLAIN);
                NasClient client = world.client()) {
            var credentials = world.services.credentials();
            long id = credentials
                    .add(
                            "sealed",
                            "s3",
                            SettingChanges.of(Map.of(
                                    "path", "backups/sealed",
                                    "provider", "jd",
                                    "access-key-id", "A",
                                    "secret-access-key", "S",
                                    "path-style", "on",
                                    "part-size", "8388608",
                                    "region", "here",
                                    "checksum", "md5",
                                    "crypt-password", "hush")))
                    .id();
            var place = new StorageSpec("sealed", Map.of());
            Map<String, String> before = credentials.saved(place);
            String fields = "{\"type\":\"S3\",\"access_key_id\":\"%s\",\"secret_access_key\":\"S\",\"endpoint\":\"\","
                    + "\"region\":\"%s\",\"skip_region\":false,\"signatures_v2\":false,\"max_upload_parts\":10000,"
                    + "\"provider\":\"Other\",\"force_path_style\":true,\"sign_accept_encoding\":true}";
            String update = "[%s,{\"provider\":%s}]";
            client.call("cloudsync.credentials.update", update.formatted(id, fields.formatted("A", "here")));
            assertThat(credentials.saved(place)).isEqualTo(before);
            client.call("cloudsync.credentials.update", update.formatted(id, fields.formatted("B", "")));
            assertThat(credentials.saved(place))
                    .containsEntry("access-key-id", "B")
                    .containsEntry("crypt-password", "hush")
                    .doesNotContainKey("region");
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
