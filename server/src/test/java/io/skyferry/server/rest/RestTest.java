package io.skyferry.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.server.LiveServer;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTest {
    private final Path folder;
    private final LiveServer live;
    private final String admin;

    RestTest(@TempDir Path folder) {
        this.folder = folder;
        live = new LiveServer(folder, Optional.empty());
        admin = live.keyOf("anna", Role.ADMIN);
    }

    @AfterEach
    void end() {
        live.close();
    }

    private LiveServer.Answer get(String path) {
        return live.ask(admin, "GET", path, "");
    }

    private String task() throws IOException {
        return task(live, admin, folder);
    }

    /// A task of a folder, as JSON; its account is there.
    static String task(LiveServer live, String admin, Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        live.ask(
                admin,
                "PUT",
                "/api/v1/config/allowed-folders",
                "{\"value\":%s}".formatted(JsonValue.of(folder.toRealPath().toString())));
        var credential = live.ask(admin, "POST", "/api/v1/credentials", CredentialRestTest.CREDENTIAL);
        assertThat(credential.status()).as(credential.body()).isEqualTo(200);
        return ("{\"description\":\"photos\",\"direction\":\"PUSH\",\"transfer_mode\":\"COPY\",\"path\":%s,"
                        + "\"credentials\":%s,\"attributes\":{\"folder\":\"/photos\"}}")
                .formatted(JsonValue.of(source.toRealPath().toString()), credential.text("id"));
    }

    @Test
    void nobodyGetsInWithoutALoginOrAKey() {
        for (String path : List.of("/api/v1/tasks", "/api/v1/users", "/api/v1/events", "/api/v1/audit")) {
            assertThat(live.ask("GET", path, Map.of(), "").status()).as(path).isEqualTo(401);
            assertThat(live.ask("1-wrong", "GET", path, "").status()).as(path).isEqualTo(401);
            assertThat(live.ask("GET", path, Map.of("Authorization", "Basic YTpi"), "")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(live.ask("GET", "/health", Map.of(), "").body()).isEqualTo("ok\n");
        assertThat(live.ask("GET", "/ready", Map.of(), "").status()).isEqualTo(200);
    }

    @Test
    void everyRouteAsksForItsRole() {
        String reader = live.keyOf("rita", Role.READER);
        String operator = live.keyOf("olga", Role.OPERATOR);
        JsonValue.Members paths = (JsonValue.Members)
                get("/api/v1/openapi.json").members().get("paths").orElseThrow();
        int refused = 0;
        for (Map.Entry<String, JsonValue> path : paths.members().entrySet()) {
            for (Map.Entry<String, JsonValue> operation :
                    ((JsonValue.Members) path.getValue()).members().entrySet()) {
                String role = ((JsonValue.Text) ((JsonValue.Members) operation.getValue())
                                .get("x-role")
                                .orElseThrow())
                        .value();
                String real = path.getKey().replaceAll("\\{[a-z]+}", "999");
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                if (role.equals("ADMIN")) {
                    assertThat(live.ask(operator, method, real, "{}").status())
                            .as(real)
                            .isEqualTo(403);
                    refused++;
                }
                if (role.equals("OPERATOR")) {
                    assertThat(live.ask(reader, method, real, "{}").status())
                            .as(real)
                            .isEqualTo(403);
                    assertThat(live.ask(operator, method, real, "{}").status())
                            .as("%s %s", method, real)
                            .isNotIn(401, 403, 500);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(25);
    }

    @Test
    void answersFitTheirDescription() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        live.ask(admin, "POST", "/api/v1/tasks/1/run", "");
        live.ask(
                admin,
                "POST",
                "/api/v1/channels",
                "{\"name\":\"ops\",\"kind\":\"WEBHOOK\",\"settings\":{\"url\":\"http://127.0.0.1:9/\"},\"secret\":null}");
        live.parts().alerts().raise(AlertRule.TASK_FAILED, "task 1", "it failed");
        JsonValue.Members paths = (JsonValue.Members)
                get("/api/v1/openapi.json").members().get("paths").orElseThrow();
        List<String> checked = new ArrayList<>();
        for (Map.Entry<String, JsonValue> path : paths.members().entrySet()) {
            Optional<JsonValue> operation = ((JsonValue.Members) path.getValue()).get("get");
            if (operation.isEmpty() || path.getKey().endsWith("/events")) {
                continue;
            }
            String real = path.getKey().replace("{id}", "1");
            String query = real.endsWith("/preview") ? "?cron=daily" : "";
            LiveServer.Answer answer = get(real + query);
            Optional<JsonValue> schema = Schemas.ofAnswer((JsonValue.Members) operation.orElseThrow(), answer.status());
            if (schema.isPresent()) {
                assertThat(Schemas.faults(JsonValue.parse(answer.body()), schema.orElseThrow(), real))
                        .as(answer.body())
                        .isEmpty();
                checked.add(real + " " + answer.status());
            }
        }
        assertThat(checked)
                .contains("/api/v1/tasks 200", "/api/v1/runs/1 200", "/api/v1/alerts 200")
                .hasSizeGreaterThan(18);
    }

    @Test
    void everyRouteSaysWhatItIsFor() {
        JsonValue.Members paths = (JsonValue.Members)
                get("/api/v1/openapi.json").members().get("paths").orElseThrow();
        paths.members()
                .forEach((path, operations) -> ((JsonValue.Members) operations)
                        .members()
                        .forEach((method, operation) -> {
                            assertThat(((JsonValue.Members) operation)
                                            .get("summary")
                                            .orElseThrow()
                                            .toString())
                                    .as(path)
                                    .hasSizeGreaterThan(8);
                            assertThat(((JsonValue.Members) operation).get("operationId"))
                                    .isPresent();
                        }));
        assertThat(paths.members()).hasSizeGreaterThan(35);
    }

    @Test
    void taskGoesFromCreationToDeletion() throws IOException {
        LiveServer.Answer made = live.ask(admin, "POST", "/api/v1/tasks", task());
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String path = "/api/v1/tasks/" + made.text("id");
        assertThat(get(path).text("frequency")).isEqualTo("At the start of each hour");
        assertThat(get(path).text("state")).isEqualTo("PENDING");

        assertThat(live.ask(admin, "PATCH", path, "{\"enabled\":false}").text("next_run"))
                .isEqualTo("null");
        assertThat(live.ask(admin, "POST", path + "/run", "").text("state")).isEqualTo("WAITING");
        assertThat(get(path).text("state")).isEqualTo("WAITING");
        assertThat(live.ask(admin, "POST", path + "/abort", "").text("aborted")).isEqualTo("true");
        assertThat(get("/api/v1/runs?task=" + made.text("id")).body()).contains("ABORTED");
        assertThat(get("/api/v1/credentials").body()).contains("\"tasks\":[%s]".formatted(made.text("id")));
        assertThat(live.ask(admin, "DELETE", "/api/v1/credentials/1", "").body())
                .contains("photos");
        assertThat(live.ask(admin, "DELETE", path, "").status()).isEqualTo(200);
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsNamedFieldByField() throws IOException {
        String wrong = task().replace("\"PUSH\"", "\"UP\"").replace("\"description\"", "\"descr\"");
        LiveServer.Answer answer = live.ask(admin, "POST", "/api/v1/tasks", wrong);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("\"path\":\"direction\"", "\"path\":\"descr\"");

        answer = live.ask(admin, "POST", "/api/v1/users", "{\"name\":5,\"role\":\"KING\",\"x\":1}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("\"path\":\"name\"", "\"path\":\"role\"", "\"path\":\"x\"");
    }

    @Test
    void apiKeyIsNoSessionAndHasNoEndOfOne() {
        LiveServer.Answer answer = get("/api/v1/session");
        assertThat(answer.text("role")).isEqualTo("ADMIN");
        assertThat(answer.body()).doesNotContain("1970");
    }

    @Test
    void bodiesThatAreNoJsonAreRefused() {
        for (String body : List.of("{", "[]", "nonsense", "{\"name\":\"a\"}x")) {
            assertThat(live.ask(admin, "POST", "/api/v1/users", body).status())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(live.ask(
                                "POST",
                                "/api/v1/users",
                                Map.of("Authorization", "Bearer " + admin, "Content-Type", "text/plain"),
                                "{}")
                        .status())
                .isEqualTo(422);
        assertThat(statusOfTooMuch()).isEqualTo(413);
        assertThat(get("/api/v1/nothing").status()).isEqualTo(404);
        LiveServer.Answer other = live.ask(admin, "DELETE", "/api/v1/tasks", "");
        assertThat(other.status()).isEqualTo(405);
        assertThat(other.header("Allow")).isEqualTo("GET, POST");
        assertThat(live.ask(admin, "PUT", "/api/v1/runs/1/abort", "").header("Allow"))
                .isEqualTo("POST");
        assertThat(live.ask(admin, "POST", "/health", "").header("Allow")).isEqualTo("GET");
    }

    /// Who answers before all has come may cut off whoever is still sending, and the answer with it.
    private int statusOfTooMuch() {
        UncheckedIOException cut = new UncheckedIOException(new IOException("never asked"));
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                return live.ask(admin, "POST", "/api/v1/users", " ".repeat(2 * 1024 * 1024))
                        .status();
            } catch (UncheckedIOException again) {
                cut = again;
            }
        }
        throw cut;
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String line : List.of(
                "POST tasks/99/abort",
                "POST runs/99/abort",
                "POST runs/99/undo",
                "DELETE api-keys/99",
                "POST alerts/99/dismiss",
                "DELETE users/nobody",
                "PATCH users/nobody",
                "DELETE channels/nobody")) {
            String[] words = line.split(" ", -1);
            LiveServer.Answer answer = live.ask(admin, words[0], "/api/v1/" + words[1], "{}");
            assertThat(answer.status()).as(line + answer.body()).isEqualTo(404);
        }
    }

    @Test
    void secretsAreNeverTold() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        for (String path : List.of("/api/v1/credentials", "/api/v1/tasks", "/api/v1/audit", "/api/v1/users")) {
            assertThat(get(path).body()).doesNotContain("top secret", "password of anna", "argon2");
        }
        assertThat(get("/api/v1/credentials").body()).contains("\"secrets\":[\"password\"]");
    }

    @Test
    void browserLogsInChangesWithItsTokenAloneAndLogsOut() {
        LiveServer.Answer login =
                live.ask("POST", "/api/v1/session", Map.of(), "{\"name\":\"anna\",\"password\":\"password of anna\"}");
        assertThat(login.status()).isEqualTo(200);
        String set = login.header("Set-Cookie");
        assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/");
        String cookie = set.substring(0, set.indexOf(';'));
        String user = "{\"name\":\"bob\",\"role\":\"READER\",\"password\":\"long enough\"}";

        assertThat(live.ask("GET", "/api/v1/session", Map.of("Cookie", cookie), "")
                        .text("name"))
                .isEqualTo("anna");
        assertThat(live.ask("POST", "/api/v1/users", Map.of("Cookie", cookie), user)
                        .status())
                .isEqualTo(403);
        Map<String, String> ours = Map.of("Cookie", cookie, "X-CSRF-Token", login.text("csrf"));
        assertThat(live.ask("POST", "/api/v1/users", ours, user).status()).isEqualTo(200);
        assertThat(live.ask("DELETE", "/api/v1/session", ours, "").status()).isEqualTo(200);
        assertThat(live.ask("GET", "/api/v1/users", Map.of("Cookie", cookie), "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatAForeignPageMakesABrowserAskIsTurnedAway() {
        String login = "{\"name\":\"anna\",\"password\":\"password of anna\"}";
        for (Map<String, String> headers : List.of(
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Host", "evil.example"))) {
            assertThat(live.ask("POST", "/api/v1/session", headers, login).status())
                    .as("%s", headers)
                    .isEqualTo(403);
        }
    }

    @Test
    void guessingIsSlowedDown() {
        for (int i = 0; i < 5; i++) {
            assertThat(live.ask("POST", "/api/v1/session", Map.of(), "{\"name\":\"anna\",\"password\":\"guess\"}")
                            .status())
                    .isEqualTo(401);
        }
        LiveServer.Answer answer =
                live.ask("POST", "/api/v1/session", Map.of(), "{\"name\":\"anna\",\"password\":\"password of anna\"}");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", List.of("2"));
    }

    @Test
    void everyAnswerCarriesTheHeadersThatBrowsersHeed() {
        for (String path : List.of("/health", "/api/v1/tasks", "/nothing/here")) {
            LiveServer.Answer answer = live.ask("GET", path, Map.of(), "");
            assertThat(answer.headers())
                    .containsKeys("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options")
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .doesNotContainKey("Server");
            assertThat(answer.header("Content-Security-Policy")).doesNotContain("script-src");
        }
    }

    @Test
    void accountIsVerifiedAndLookedInto() throws IOException {
        task();
        LiveServer.Answer verified = live.ask(admin, "POST", "/api/v1/credentials/1/verify", "");
        assertThat(verified.text("valid")).as(verified.body()).isEqualTo("true");
        live.storage().backdoor().put("photos/a.txt", "hello");
        assertThat(get("/api/v1/credentials/1/entries").body()).contains("\"name\":\"photos\",\"directory\":true");
    }

    @Test
    void scheduleIsPreviewed() {
        LiveServer.Answer preview = get("/api/v1/schedules/preview?cron=30%202%20*%20*%20*&zone=UTC&count=2");
        assertThat(preview.text("sentence")).isEqualTo("At 02:30 every day");
        assertThat(preview.body()).contains("\"next\":[\"2026-11-22T02:30:00Z\",\"2026-11-23T02:30:00Z\"]");
        assertThat(get("/api/v1/schedules/preview?cron=never").status()).isEqualTo(400);
    }

    @Test
    void metricsAreReadByPrometheus() {
        get("/api/v1/tasks");
        assertThat(live.ask("GET", "/metrics", Map.of(), "").body())
                .contains(
                        "skyferry_http_requests_total{status=\"200\"}", "# TYPE skyferry_runs gauge", "skyferry_tasks");
    }

    @Test
    void providerWithoutBucketsIsToldSo() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        assertThat(get("/api/v1/credentials/1/buckets").body()).contains("This provider does not use buckets");
        assertThat(live.ask(admin, "POST", "/api/v1/credentials/1/buckets", "{\"name\":\"new\"}")
                        .status())
                .isEqualTo(400);
        assertThat(get("/api/v1/providers").body()).contains("\"key\":\"memory\",\"buckets\":false");
    }

    @Test
    void listingTellsWhatEncryptedNamesStandFor() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        live.storage().write(new RelPath("HOLIDAY"), BytesContent.of("x"), WriteOptions.PLAIN);
        live.storage().write(new RelPath("plain"), BytesContent.of("y"), WriteOptions.PLAIN);
        String listing = "{\"credentials\":1,\"attributes\":{\"folder\":\"\"},\"encryption\":%s,"
                + "\"filename_encryption\":true,\"encryption_password\":\"hush\"}";
        LiveServer.Answer with = live.ask(admin, "POST", "/api/v1/entries", listing.formatted("true"));
        assertThat(with.status()).as(with.body()).isEqualTo(200);
        assertThat(with.body())
                .contains("\"name\":\"HOLIDAY\"", "\"decrypted\":\"holiday\"", "\"name\":\"plain\"")
                .containsOnlyOnce("\"decrypted\":null");
        assertThat(live.ask(admin, "POST", "/api/v1/entries", listing.formatted("false"))
                        .body())
                .doesNotContain("holiday");
        assertThat(live.ask(admin, "POST", "/api/v1/entries", "{\"credentials\":7,\"attributes\":{}}")
                        .body())
                .contains("Invalid credentials");
        assertThat(get("/api/v1/tasks/1/entries").body()).contains("\"name\":\"plain\"");
        assertThat(get("/api/v1/tasks/1/entries?path=../other").status()).isEqualTo(422);
    }

    @Test
    void configurationIsTakenOutAndInAgainAndTheKeyIsChanged() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        LiveServer.Answer sealed = live.ask(admin, "POST", "/api/v1/config/export", "{\"passphrase\":\"open sesame\"}");
        assertThat(sealed.status()).as(sealed.body()).isEqualTo(200);
        assertThat(sealed.body()).doesNotContain("top secret", "photos");
        assertThat(live.ask(admin, "POST", "/api/v1/config/export", "{}").body())
                .contains("photos")
                .doesNotContain("top secret");
        assertThat(live.ask(admin, "DELETE", "/api/v1/tasks/1", "").status()).isEqualTo(200);
        String wrong = "{\"archive\":%s,\"passphrase\":\"%s\"}";
        assertThat(live.ask(
                                admin,
                                "POST",
                                "/api/v1/config/import",
                                wrong.formatted(JsonValue.of(sealed.body()), "closed"))
                        .status())
                .isEqualTo(400);
        assertThat(get("/api/v1/tasks").body()).isEqualTo("[]");
        LiveServer.Answer taken = live.ask(
                admin, "POST", "/api/v1/config/import", wrong.formatted(JsonValue.of(sealed.body()), "open sesame"));
        assertThat(taken.text("tasks")).as(taken.body()).isEqualTo("1");
        assertThat(live.ask(admin, "POST", "/api/v1/config/rotate-key", "").text("secrets"))
                .isEqualTo("1");
        assertThat(live.parts().credentials().secretsOf(1)).containsExactly("top secret");
        assertThat(get("/api/v1/audit").body()).contains("config.import", "config.rotate-key");
    }

    @Test
    void taskWhoseSecretsCannotBeOpenedIsLocked() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        assertThat(get("/api/v1/tasks/1").text("state")).isEqualTo("PENDING");
        live.parts()
                .database()
                .write(session -> session.change("update credential_setting set sealed = ?", (Object) new byte[40]));
        assertThat(get("/api/v1/tasks/1").text("state")).isEqualTo("LOCKED");
        assertThat(get("/api/v1/tasks").body()).contains("\"state\":\"LOCKED\"", "right key file");
    }

    @Test
    void planIsShownPageByPage() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        String run = live.ask(admin, "POST", "/api/v1/tasks/1/dry-run", "").text("id");
        assertThat(get("/api/v1/runs/" + run + "/plan/steps").status()).isEqualTo(404);
    }

    @Test
    void endOfACredentialIsKept() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        LiveServer.Answer said =
                live.ask(admin, "PUT", "/api/v1/credentials/1/expiry", "{\"at\":\"2026-12-01T00:00:00Z\"}");
        assertThat(said.text("expires")).isEqualTo("2026-12-01T00:00:00Z");
        live.parts().watch().look();
        assertThat(get("/api/v1/alerts").body()).contains("CREDENTIAL_EXPIRING", "expires on 2026-12-01");
        live.ask(admin, "PUT", "/api/v1/credentials/1/expiry", "{\"at\":null}");
        live.parts().watch().look();
        assertThat(get("/api/v1/alerts").body()).doesNotContain("EXPIRING");
    }
}
