package io.skyferry.server.truenas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.setting.Settings;
import io.skyferry.server.LiveServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrueNasClientTest {
    private static final String CREDENTIAL =
            "{\"name\":\"cloud\",\"provider\":{\"type\":\"MEMORY\",\"password\":\"top secret\"}}";

    private final Path source;
    private final LiveServer live;
    private final String admin;
    private final SmallClient client;

    TrueNasClientTest(@TempDir Path folder) throws IOException {
        source = Files.createDirectories(folder.resolve("source")).toRealPath();
        live = new LiveServer(folder, Optional.empty());
        admin = live.keyOf("anna", Role.ADMIN);
        live.parts()
                .settings()
                .set(Settings.Name.of("allowed-folders"), folder.toRealPath().toString(), Caller.local("root"));
        client = new SmallClient(live.server().url(), "/api/current");
    }

    @BeforeEach
    void connect() {
        assertThat(client.call("core.set_options", "[{\"legacy_jobs\":false,\"py_exceptions\":false}]")
                        .toString())
                .contains("\"legacy_jobs\":false");
    }

    @AfterEach
    void end() {
        client.close();
        live.close();
    }

    private void login() {
        assertThat(client.call("auth.login_with_api_key", "[\"%s\"]".formatted(admin)))
                .isEqualTo(JsonValue.of(true));
    }

    private static String text(JsonValue of, String name) {
        JsonValue value = ((JsonValue.Members) of).get(name).orElseThrow();
        return value instanceof JsonValue.Text(String text) ? text : value.toString();
    }

    private String task(String credential) {
        return ("{\"description\":\"photos\",\"direction\":\"PUSH\",\"transfer_mode\":\"COPY\",\"path\":%s,"
                        + "\"credentials\":%s,\"attributes\":{\"folder\":\"/photos\"},\"schedule\":{\"minute\":\"30\","
                        + "\"hour\":\"2\",\"dom\":\"*\",\"month\":\"*\",\"dow\":\"*\"},\"bwlimit\":"
                        + "[{\"time\":\"9:5\",\"bandwidth\":524288},{\"time\":\"18:00\",\"bandwidth\":null}]}")
                .formatted(JsonValue.of(source.toString()), credential);
    }

    private String saved() {
        String credential = text(client.call("cloudsync.credentials.create", "[%s]".formatted(CREDENTIAL)), "id");
        return text(client.call("cloudsync.create", "[%s]".formatted(task(credential))), "id");
    }

    @Test
    void nothingIsAnsweredBeforeALogin() {
        for (String method : List.of("cloudsync.query", "core.get_jobs", "no.such.method")) {
            assertThat(client.fail(method, "[]").toString()).contains("\"errname\":\"ENOTAUTHENTICATED\"");
        }
        assertThat(client.fail("core.subscribe", "[\"core.get_jobs\"]").toString())
                .contains("207");
        assertThat(client.call("core.ping", "[]")).isEqualTo(JsonValue.of("pong"));
    }

    @Test
    void everyMechanismOpensToTheRightSecretAlone() {
        assertThat(client.call("auth.mechanism_choices", "[]").toString()).contains("SCRAM", "API_KEY_PLAIN");
        assertThat(client.call("auth.login", "[\"anna\",\"wrong\"]")).isEqualTo(JsonValue.of(false));
        assertThat(client.call("auth.login", "[\"anna\",\"password of anna\"]")).isEqualTo(JsonValue.of(true));
        assertThat(text(client.call("auth.me", "[]"), "pw_name")).isEqualTo("anna");
        String token = ((JsonValue.Text) client.call("auth.generate_token", "[300]")).value();
        assertThat(client.call("auth.logout", "[]")).isEqualTo(JsonValue.of(true));
        assertThat(client.fail("cloudsync.query", "[]").toString()).contains("207");
        assertThat(client.call("auth.login_with_token", "[\"%s\"]".formatted(token)))
                .isEqualTo(JsonValue.of(true));
        client.call("auth.logout", "[]");

        String plain = "[{\"mechanism\":\"API_KEY_PLAIN\",\"username\":\"%s\",\"api_key\":\"%s\"}]";
        assertThat(text(client.call("auth.login_ex", plain.formatted("bob", admin)), "response_type"))
                .isEqualTo("AUTH_ERR");
        assertThat(text(client.call("auth.login_ex", plain.formatted("anna", admin)), "response_type"))
                .isEqualTo("SUCCESS");
    }

    @Test
    void exchangeByScramProvesBothSides() throws GeneralSecurityException {
        assertThat(scram(admin.substring(admin.indexOf('-') + 1) + "x")).isEqualTo("AUTH_ERR");
        assertThat(client.fail("cloudsync.query", "[]").toString()).contains("207");
        assertThat(scram(admin.substring(admin.indexOf('-') + 1))).isEqualTo("SERVER_FINAL_RESPONSE");
        assertThat(client.call("cloudsync.query", "[]")).isEqualTo(new JsonValue.Array(List.of()));
    }

    /// The exchange as RFC 5802 has it, written here once more.
    private String scram(String secret) throws GeneralSecurityException {
        String firstBare = "n=anna:%s,r=abcdef".formatted(admin.substring(0, admin.indexOf('-')));
        JsonValue first = client.call(
                "auth.login_ex",
                "[{\"mechanism\":\"SCRAM\",\"scram_type\":\"CLIENT_FIRST_MESSAGE\",\"rfc_str\":\"n,,%s\"}]"
                        .formatted(firstBare));
        String serverFirst = text(first, "rfc_str");
        String[] parts = serverFirst.split(",", -1);
        assertThat(parts[0]).startsWith("r=abcdef");
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int rounds = Integer.parseInt(parts[2].substring(2));
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, rounds, 512))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String withoutProof = "c=biws," + parts[0];
        String message = String.join(",", firstBare, serverFirst, withoutProof);
        byte[] proof = hmac(MessageDigest.getInstance("SHA-512").digest(clientKey), message);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        JsonValue.Members last = (JsonValue.Members) client.call(
                "auth.login_ex",
                "[{\"mechanism\":\"SCRAM\",\"scram_type\":\"CLIENT_FINAL_MESSAGE\",\"rfc_str\":\"%s,p=%s\"}]"
                        .formatted(withoutProof, Base64.getEncoder().encodeToString(proof)));
        if (last.get("scram_type").isEmpty()) {
            return text(last, "response_type");
        }
        String signature = Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), message));
        assertThat(text(last, "rfc_str")).isEqualTo("v=" + signature);
        return text(last, "scram_type");
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key, "HmacSHA512"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void accountsAndTasksGoTheirWholeWay() {
        login();
        String id = saved();
        JsonValue task = client.call("cloudsync.get_instance", "[%s]".formatted(id));
        assertThat(text(task, "bwlimit")).contains("\"time\":\"09:05\"");
        assertThat(text(task, "credentials")).contains("\"type\":\"MEMORY\"").contains("top secret");
        assertThat(text(task, "job")).isEqualTo("null");

        JsonValue updated = client.call("cloudsync.update", "[%s,{\"transfers\":8,\"enabled\":false}]".formatted(id));
        assertThat(text(updated, "transfers")).isEqualTo("8");
        assertThat(text(updated, "description")).isEqualTo("photos");
        assertThat(client.call("cloudsync.query", "[[[\"credentials.name\",\"=\",\"cloud\"]],{\"count\":true}]"))
                .isEqualTo(JsonValue.of(1));
        assertThat(client.fail("cloudsync.credentials.delete", "[1]").toString())
                .contains("This credential is used by cloud sync task photos");
        JsonValue restored = client.call(
                "cloudsync.restore",
                "[%s,{\"transfer_mode\":\"COPY\",\"path\":%s}]".formatted(id, JsonValue.of(source.toString())));
        assertThat(text(restored, "direction")).isEqualTo("PULL");
        assertThat(text(restored, "enabled")).isEqualTo("false");
        for (String one : List.of(id, text(restored, "id"))) {
            assertThat(client.call("cloudsync.delete", "[%s]".formatted(one))).isEqualTo(JsonValue.of(true));
        }
        assertThat(client.call("cloudsync.credentials.delete", "[1]")).isEqualTo(JsonValue.of(true));
    }

    @Test
    void whatIsWrongIsNamedByItsPath() {
        login();
        JsonValue.Members error = client.fail("cloudsync.create", "[%s]".formatted(task("999999")));
        assertThat(error.get("code")).contains(JsonValue.of(-32602));
        assertThat(error.toString()).contains("[\"cloud_sync_create.credentials\",\"Invalid credentials\",22]");
        assertThat(error.toString()).contains("\"errname\"", "\"trace\":null", "\"reason\"");
        assertThat(client.fail("cloudsync.credentials.create", "[{\"name\":\"x\",\"provider\":{\"type\":\"BOX\"}}]")
                        .toString())
                .contains("cloud_sync_credentials_create.provider", "Box (BOX) is no kind of storage here yet");
        assertThat(client.fail("cloudsync.get_instance", "[77]").toString()).contains("\"ENOENT\"");
        assertThat(client.fail("no.such.method", "[]").get("code")).contains(JsonValue.of(-32601));
    }

    @Test
    void accountsAreTakenFieldByField() {
        login();
        String error = client.fail(
                        "cloudsync.credentials.create",
                        "[{\"name\":\"x\",\"colour\":1,\"provider\":{\"type\":\"MEMORY\",\"password\":\"p\"}}]")
                .toString();
        assertThat(error).contains("[\"cloud_sync_credentials_create.colour\",\"Extra inputs are not permitted\",22]");
        error = client.fail(
                        "cloudsync.credentials.create",
                        "[{\"name\":\"x\",\"provider\":{\"type\":\"MEMORY\",\"password\":\"p\",\"tint\":\"red\"}}]")
                .toString();
        assertThat(error)
                .contains("[\"cloud_sync_credentials_create.provider.tint\",\"Extra inputs are not permitted\",22]");
        assertThat(client.fail(
                                "cloudsync.credentials.create",
                                "[{\"provider\":{\"type\":\"MEMORY\",\"password\":\"p\"}}]")
                        .toString())
                .contains("[\"cloud_sync_credentials_create.name\",\"Field required\",22]");
        assertThat(client.call("cloudsync.credentials.query", "[]").toString()).isEqualTo("[]");
    }

    @Test
    void trialThatCannotBeUnderstoodIsNoRun() {
        login();
        String task = saved();
        for (String options :
                List.of("true", "[]", "{\"dry_run\":\"true\"}", "{\"dry_run\":null}", "{\"dryrun\":true}")) {
            assertThat(client.fail("cloudsync.sync", "[%s,%s]".formatted(task, options))
                            .toString())
                    .as(options)
                    .contains("-32602", "cloud_sync_sync_options");
        }
        assertThat(client.fail("cloudsync.sync_onetime", "[%s,{\"dry_run\":1}]".formatted(task("1")))
                        .toString())
                .contains("[\"cloud_sync_sync_onetime_options.dry_run\",\"Input should be a valid boolean\",22]");
        assertThat(client.call("core.get_jobs", "[]").toString()).isEqualTo("[]");
    }

    @Test
    void queriesAreAnsweredByEachOperator() {
        login();
        saved();
        Map<String, Integer> found = new LinkedHashMap<>();
        found.put("[\"description\",\"=\",\"photos\"]", 1);
        found.put("[\"description\",\"!=\",\"photos\"]", 0);
        found.put("[\"id\",\">\",0]", 1);
        found.put("[\"id\",\"<=\",0]", 0);
        found.put("[\"description\",\"in\",[\"a\",\"photos\"]]", 1);
        found.put("[\"description\",\"nin\",[\"photos\"]]", 0);
        found.put("[\"description\",\"Cin\",[\"PHOTOS\"]]", 1);
        found.put("[\"description\",\"C^\",\"PHO\"]", 1);
        found.put("[\"description\",\"rin\",\"hot\"]", 1);
        found.put("[\"description\",\"rnin\",\"hot\"]", 0);
        found.put("[\"description\",\"~\",\"p.*s$\"]", 1);
        found.put("[\"description\",\"!^\",\"pho\"]", 0);
        found.put("[\"description\",\"$\",\"tos\"]", 1);
        found.put("[\"description\",\"!$\",\"tos\"]", 0);
        found.put("[\"credentials.provider.type\",\"=\",\"MEMORY\"]", 1);
        found.put("[\"OR\",[[\"id\",\"=\",0],[\"schedule.hour\",\"=\",\"2\"]]]", 1);
        found.forEach((filter, count) -> assertThat(
                        client.call("cloudsync.query", "[[%s],{\"count\":true}]".formatted(filter)))
                .as(filter)
                .isEqualTo(JsonValue.of(count)));
        for (String options : List.of("{\"colour\":1}", "{\"count\":\"yes\"}", "{\"get\":1}", "{\"limit\":-1}")) {
            assertThat(client.fail("cloudsync.query", "[[],%s]".formatted(options))
                            .toString())
                    .as(options)
                    .contains("-32602", "query-options.");
        }
    }

    @Test
    void newJobIsAnsweredWhenItEndsAndToldOfMeanwhile() {
        login();
        String task = saved();
        assertThat(client.call("core.subscribe", "[\"core.get_jobs\"]")).isInstanceOf(JsonValue.Text.class);
        String call = client.begin("cloudsync.sync", "[%s]".formatted(task));
        JsonValue.Members added = client.next();
        assertThat(added.toString())
                .contains("collection_update", "\"added\"", "\"message_ids\":[\"%s\"]".formatted(call), "WAITING");

        assertThat(client.call("cloudsync.abort", "[%s]".formatted(task))).isEqualTo(JsonValue.of(true));
        JsonValue.Members ended = client.answer(call);
        assertThat(ended.toString()).contains("-32001", "ECANCELED");
        assertThat(client.newsUntilTheEnd().getLast().toString()).contains("\"changed\"", "\"ABORTED\"");
        assertThat(text(client.call("cloudsync.get_instance", "[%s]".formatted(task)), "job"))
                .contains("ABORTED");
    }

    @Test
    void oldJobIsAnsweredByItsNumber() {
        login();
        client.call("core.set_options", "[{\"legacy_jobs\":true}]");
        String task = saved();
        JsonValue job = client.call("cloudsync.sync", "[%s,{\"dry_run\":true}]".formatted(task));
        assertThat(client.call("core.get_jobs", "[[[\"id\",\"=\",%s]],{\"get\":true}]".formatted(job))
                        .toString())
                .contains("\"method\":\"cloudsync.sync\"", "\"dry_run\":true");
        assertThat(client.call("core.job_abort", "[%s]".formatted(job))).isEqualTo(new JsonValue.Null());
        // Who waits for it the old way gets its number once more, and hears of its end.
        client.call("core.subscribe", "[\"core.get_jobs\"]");
        assertThat(client.call("core.job_wait", "[%s]".formatted(job))).isEqualTo(job);
        assertThat(client.newsUntilTheEnd().getLast().toString()).contains("ABORTED");
        client.call("core.set_options", "[{\"legacy_jobs\":false}]");
        assertThat(client.fail("core.job_wait", "[%s]".formatted(job)).toString())
                .contains("ECANCELED");
    }

    @Test
    void onlyThoseWhoMaySeeSecretsAndChangeThings() {
        login();
        String task = saved();
        try (var other = new SmallClient(live.server().url(), "/api/current")) {
            other.call("auth.login_with_api_key", "[\"%s\"]".formatted(live.keyOf("rita", Role.READER)));
            assertThat(other.call("cloudsync.query", "[]").toString())
                    .contains("********")
                    .doesNotContain("top secret");
            assertThat(other.fail("cloudsync.sync", "[%s]".formatted(task)).toString())
                    .contains("EACCES");
        }
    }

    @Test
    void framesThatAreNoneGetTheErrorOfTheProtocol() {
        Map<String, Integer> codes = Map.of(
                "{", -32700,
                "[]", -32600,
                "{\"jsonrpc\":\"1.0\",\"method\":\"core.ping\",\"id\":1}", -32600,
                "{\"jsonrpc\":\"2.0\",\"method\":7,\"id\":1}", -32600,
                "{\"jsonrpc\":\"2.0\",\"method\":\"core.ping\",\"params\":{},\"id\":1}", -32600);
        codes.forEach((frame, code) -> {
            client.send(frame);
            assertThat(client.next().toString()).as(frame).contains("\"code\":" + code);
        });
        assertThat(client.call("core.ping", "[]")).isEqualTo(JsonValue.of("pong"));
    }

    @Test
    void hostileFramesGetTheErrorOfTheProtocolOrTheEnd() {
        login();
        client.send("[".repeat(50_000));
        assertThat(client.next().toString()).contains("-32700");
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1e999,\"method\":\"core.ping\"}");
        assertThat(client.next().toString()).contains("pong");
        assertThat(client.fail("cloudsync.get_instance", "[1e999]").toString()).contains("-32602");
        String deep = "[\"id\",\"=\",1]";
        for (int i = 0; i < 8; i++) {
            deep = "[\"OR\",[%s]]".formatted(deep);
        }
        for (String filter : List.of(deep, "[\"id\",\"like\",1]", "[\"id\"]", "7", "[\"id\",\"~\",\"(\"]")) {
            assertThat(client.fail("cloudsync.query", "[[%s]]".formatted(filter))
                            .toString())
                    .as(filter)
                    .contains("-32602", "query-filters");
        }
        assertThat(client.call("core.ping", "[]")).isEqualTo(JsonValue.of("pong"));
        client.sendBytes(new byte[] {1, 2, 3});
        assertThat(client.next().toString()).contains("1003");
        try (var large = new SmallClient(live.server().url(), "/api/current")) {
            large.call("auth.login_with_api_key", "[\"%s\"]".formatted(admin));
            large.tryCall("core.ping", "[\"%s\"]".formatted("x".repeat(2 << 20)));
            assertThat(large.next().toString()).contains("closed");
        }
        assertThat(live.ask(admin, "GET", "/api/v2.0/core/ping", "").body()).isEqualTo("\"pong\"");
    }

    @Test
    void whoNeverReadsIsCutOff() {
        login();
        String id = saved();
        client.call("cloudsync.update", "[%s,{\"pre_script\":%s}]".formatted(id, JsonValue.of("#".repeat(500_000))));
        try (var other = new SmallClient(live.server().url(), "/api/current")) {
            other.call("auth.login_with_api_key", "[\"%s\"]".formatted(admin));
            other.stopReading();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2_000; i++) {
                            live.clock().advance(Duration.ofMillis(10));
                            other.begin("cloudsync.query", "[]");
                            client.call("cloudsync.query", "[[],{\"count\":true}]");
                        }
                    })
                    .isInstanceOf(CompletionException.class);
        }
        assertThat(client.call("core.ping", "[]")).isEqualTo(JsonValue.of("pong"));
    }

    @Test
    void guessingIsCutOff() {
        int answered = 0;
        String frame = "";
        while (!frame.contains("closed") && answered < 100) {
            client.tryCall("auth.login_with_api_key", "[\"1-guess\"]");
            frame = client.next().toString();
            answered++;
        }
        assertThat(frame).contains("1008");
        assertThat(answered).isLessThan(30);
    }

    @Test
    void whoDoesNotLogInIsCutOff() {
        String frame = "";
        for (int i = 0; !frame.contains("closed") && i < 300; i++) {
            client.tryCall("core.ping", "[]");
            frame = client.next().toString();
        }
        assertThat(frame).contains("closed");
        try (var large = new SmallClient(live.server().url(), "/api/current")) {
            large.tryCall("auth.login", "[\"%s\"]".formatted("x".repeat(100_000)));
            assertThat(large.next().toString()).contains("1008");
        }
    }

    @Test
    void callsThatComeTooFastAreRefusedAndTheConnectionStays() {
        login();
        String refusal = "";
        for (int i = 0; refusal.isEmpty() && i < 5_000; i++) {
            JsonValue.Members answer = client.answer(client.begin("core.ping", "[]"));
            refusal = answer.get("error").map(JsonValue::toString).orElse("");
        }
        assertThat(refusal).contains("-32000");
        live.clock().advance(Duration.ofSeconds(1));
        assertThat(client.call("core.ping", "[]")).isEqualTo(JsonValue.of("pong"));
    }

    @Test
    void whoseKeyIsTakenBackIsOut() {
        login();
        assertThat(client.call("cloudsync.query", "[]")).isEqualTo(new JsonValue.Array(List.of()));
        String token = ((JsonValue.Text) client.call("auth.generate_token", "[]")).value();
        live.parts().keys().remove(Long.parseLong(admin.substring(0, admin.indexOf('-'))), Caller.local("root"));
        live.clock().advance(Duration.ofSeconds(6));
        assertThat(client.fail("cloudsync.query", "[]").toString()).contains("ENOTAUTHENTICATED");
        assertThat(client.call("auth.login_with_token", "[\"%s\"]".formatted(token)))
                .isEqualTo(JsonValue.of(false));
    }

    @Test
    void pagesOfOtherServersAreNotListenedTo() {
        assertThat(frameAs("http://evil.example")).contains("closed");
        assertThat(frameAs("null")).contains("closed");
        assertThat(frameAs("http://127.0.0.1:8080")).contains("pong");
    }

    private String frameAs(String origin) {
        try (var other = new SmallClient(live.server().url(), "/api/current", Map.of("Origin", origin))) {
            other.tryCall("core.ping", "[]");
            return other.next().toString();
        }
    }

    @Test
    void patternThatWouldNotEndIsRefused() {
        login();
        String id = saved();
        client.call("cloudsync.update", "[%s,{\"description\":\"%s\"}]".formatted(id, "a".repeat(60)));
        assertThat(client.fail("cloudsync.query", "[[[\"description\",\"~\",\"(.*)(.*)(.*)(.*)(.*)(.*)b\"]]]")
                        .toString())
                .contains("Want a regular expression that ends soon");
        assertThat(client.call("cloudsync.query", "[[[\"description\",\"~\",\"a+$\"]],{\"count\":true}]"))
                .isEqualTo(JsonValue.of(1));
    }

    @Test
    void olderProtocolOfAnotherVersionIsRefused() {
        try (var old = new SmallClient(live.server().url(), "/websocket")) {
            old.send("{\"msg\":\"connect\",\"version\":\"9\",\"support\":[\"9\"]}");
            assertThat(old.next().toString()).contains("\"failed\"", "\"version\":\"1\"");
            assertThat(old.next().toString()).contains("closed");
        }
    }

    @Test
    void olderProtocolHasAccountsInTheirOldForm() {
        login();
        saved();
        try (var old = new SmallClient(live.server().url(), "/websocket")) {
            old.send("{\"msg\":\"connect\",\"version\":\"1\",\"support\":[\"1\"]}");
            assertThat(old.next().toString()).contains("\"connected\"");
            old.send("{\"id\":\"1\",\"msg\":\"method\",\"method\":\"auth.login_with_api_key\",\"params\":[\"%s\"]}"
                    .formatted(admin));
            assertThat(old.next().toString()).contains("\"result\":true");
            old.send("{\"id\":\"2\",\"msg\":\"method\",\"method\":\"cloudsync.credentials.query\",\"params\":[]}");
            assertThat(old.next().toString()).contains("\"provider\":\"MEMORY\"", "\"attributes\":{");
        }
    }

    @Test
    void restAnswersWithTheSameWordsAndItsOwnStatus() {
        login();
        String id = saved();
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("anna:password of anna".getBytes(StandardCharsets.UTF_8));
        Map<String, String> header = Map.of("Authorization", basic);

        assertThat(live.ask("GET", "/api/v2.0/cloudsync", Map.of(), "").status())
                .isEqualTo(401);
        assertThat(live.ask("GET", "/api/v2.0/cloudsync/", header, "").body()).contains("\"photos\"");
        assertThat(live.ask(admin, "GET", "/api/v2.0/cloudsync?description__startswith=pho&count=", "")
                        .body())
                .isEqualTo("1");
        assertThat(live.ask(admin, "GET", "/api/v2.0/cloudsync/id/77", "").status())
                .isEqualTo(404);
        LiveServer.Answer wrong = live.ask(admin, "POST", "/api/v2.0/cloudsync", task("999999"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("\"cloud_sync_create.credentials\":[{\"message\":\"Invalid credentials\"");
        assertThat(live.ask(admin, "POST", "/api/v2.0/cloudsync", "{").status()).isEqualTo(400);
        LiveServer.Answer job = live.ask(admin, "POST", "/api/v2.0/cloudsync/id/%s/sync".formatted(id), "");
        assertThat(job.body()).matches("[0-9]+");
        assertThat(live.ask(admin, "GET", "/api/v2.0/core/get_jobs?id=" + job.body(), "")
                        .body())
                .contains("\"WAITING\"");
        assertThat(live.ask(admin, "POST", "/api/v2.0/cloudsync/id/%s/abort".formatted(id), "")
                        .body())
                .isEqualTo("true");
        assertThat(live.ask(admin, "DELETE", "/api/v2.0/cloudsync/id/" + id, "").body())
                .isEqualTo("true");
        assertThat(live.ask(admin, "GET", "/api/v2.0/cloudsync/providers", "").body())
                .contains("\"name\":\"S3\"", "\"name\":\"FTP\"");
    }
}
