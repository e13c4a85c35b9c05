package io.skyferry.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.server.LiveServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private static final Caller ROOT = Caller.local("root");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" content=\"([^\"]*)\"");
    private final LiveServer server;

    SiteTest(@TempDir Path folder) {
        server = new LiveServer(folder, Optional.empty());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private LiveServer.Answer get(String path, Map<String, String> headers) {
        return server.ask("GET", path, headers, "");
    }

    private LiveServer.Answer post(String path, Map<String, String> headers, Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", FORM);
        return server.ask("POST", path, all, body.toString());
    }

    /// Logs a new user in, and answers the cookie.
    private Map<String, String> visitor(String name, Role role) {
        server.parts().users().add(name, role, "password of " + name, ROOT);
        LiveServer.Answer answer =
                post("/login", Map.of(), Map.of("name", name, "password", "password of " + name, "to", "/runs"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/runs");
        return Map.of("Cookie", answer.header("Set-Cookie").replaceFirst(";.*", ""));
    }

    private String token(Map<String, String> visitor) {
        Matcher matcher = TOKEN.matcher(get("/", visitor).body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs", "/runs/1", "/alerts"})
    void whoIsUnknownIsSentToTheLoginAndBack(String path) {
        LiveServer.Answer answer = get(path, Map.of());
        assertThat(answer.status()).isEqualTo(303);
        String back = path.equals("/") ? "" : "?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        assertThat(answer.header("Location")).isEqualTo("/login" + back);
    }

    @Test
    void whoseSessionEndedComesBackToThePageOfThePartOrTheForm() {
        Map<String, String> part = Map.of(
                "HX-Request",
                "true",
                "Referer",
                server.server().url() + "/runs?state=FAILED",
                "Cookie",
                "skyferry=old");
        assertThat(get("/dashboard/live", part).header("HX-Redirect")).isEqualTo("/login?to=%2Fruns%3Fstate%3DFAILED");
        Map<String, String> form = Map.of("Referer", server.server().url() + "/tasks/7", "Cookie", "skyferry=old");
        assertThat(post("/runs", form, Map.of("task", "7")).header("Location")).isEqualTo("/login?to=%2Ftasks%2F7");
        Map<String, String> odd = Map.of("Referer", "no url at all", "Cookie", "skyferry=old");
        assertThat(post("/runs", odd, Map.of("task", "7")).header("Location")).isEqualTo("/login");
    }

    @Test
    void whatIsToBeSaidIsNotTakenByAPartThatRenewsItself() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        Map<String, String> part = new HashMap<>(anna);
        part.put("HX-Request", "true");
        part.merge("Cookie", "skyferry_words=SGVsbG8", (one, other) -> one + "; " + other);
        assertThat(get("/runs", part).headers().getOrDefault("Set-Cookie", List.of()))
                .noneMatch(text -> text.contains("skyferry_words"));
        part.remove("HX-Request");
        assertThat(get("/runs", part).body()).contains("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example", "/login?to=/login", "runs"})
    void loginLeadsNowhereElse(String to) {
        server.parts().users().add("anna", Role.ADMIN, "password of anna", ROOT);
        LiveServer.Answer answer =
                post("/login", Map.of(), Map.of("name", "anna", "password", "password of anna", "to", to));
        assertThat(answer.header("Location")).isEqualTo("/");
    }

    @Test
    void wrongPasswordIsToldAndNotRepeated() {
        server.parts().users().add("anna", Role.ADMIN, "password of anna", ROOT);
        LiveServer.Answer answer = post("/login", Map.of(), Map.of("name", "anna", "password", "guess-guess"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("Name or password is wrong").doesNotContain("guess-guess");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void formWithoutTheTokenOfItsSessionIsRefused() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        server.parts().alerts().raise(AlertRule.DISK_FULL, "disk", "full");
        long alert = server.parts().alerts().list().getFirst().id();
        String path = "/alerts/%s/dismiss".formatted(alert);
        assertThat(post(path, anna, Map.of()).status()).isEqualTo(403);
        assertThat(post(path, anna, Map.of("csrf", "no")).status()).isEqualTo(403);
        Map<String, String> foreign = new HashMap<>(anna);
        foreign.put("Sec-Fetch-Site", "cross-site");
        assertThat(post(path, foreign, Map.of("csrf", token(anna))).status()).isEqualTo(403);
        assertThat(server.parts().alerts().list().getFirst().dismissed()).isEmpty();
        assertThat(post(path, anna, Map.of("csrf", token(anna))).status()).isEqualTo(303);
        assertThat(server.parts().alerts().list().getFirst().dismissed()).isPresent();
    }

    @Test
    void readerIsRefusedAndToldWhatToDo() {
        Map<String, String> rita = visitor("rita", Role.READER);
        LiveServer.Answer answer = post("/runs", rita, Map.of("task", "1", "csrf", token(rita)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("ask an admin for another role");
    }

    @Test
    void sessionThatEndedLeadsToTheLoginAndSaysThatNothingWasTaken() {
        LiveServer.Answer answer = post("/runs", Map.of(), Map.of("task", "1"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/login");
        String words = answer.header("Set-Cookie").replaceFirst(";.*", "");
        server.parts().users().add("anna", Role.ADMIN, "password of anna", ROOT);
        assertThat(get("/login", Map.of("Cookie", words)).body()).contains("Your session had ended");
    }

    @Test
    void whoComesFromElsewhereIsAskedAgainByAPageOfOurs() {
        LiveServer.Answer answer = get("/runs/7", Map.of("Sec-Fetch-Site", "cross-site"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Refresh")).isEqualTo("0; url=/login?to=%2Fruns%2F7");
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        assertThat(get("/login?to=%2Fruns%2F7", anna).header("Location")).isEqualTo("/runs/7");
    }

    @Test
    void partOfAPageSendsTheWholePageToTheLogin() {
        LiveServer.Answer answer = get("/dashboard/live", Map.of("HX-Request", "true"));
        assertThat(answer.header("HX-Redirect")).isEqualTo("/login");
    }

    @Test
    void errorsAreAPageForBrowsersAndJsonForPrograms() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        Map<String, String> browser = new HashMap<>(anna);
        browser.put("Accept", "text/html,application/xhtml+xml");
        LiveServer.Answer page = get("/runs/77", browser);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("Run 77 does not exist").contains("To the dashboard");
        assertThat(get("/nowhere/at/all", browser).body()).contains("This is not here");
        assertThat(get("/api/v1/nothing", browser).header("Content-Type")).startsWith("application/json");
        assertThat(get("/runs/77", Map.of("Cookie", anna.get("Cookie"), "HX-Request", "true"))
                        .body())
                .isEqualTo("Run 77 does not exist");
    }

    @Test
    void namesOfOthersAreTextAlone() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        server.parts()
                .alerts()
                .raise(AlertRule.TASK_FAILED, "task 1", "the task '<img src=x onerror=alert(1)>\u202e' failed");
        for (String path : List.of("/", "/alerts")) {
            assertThat(get(path, anna).body())
                    .contains("&lt;img src=x onerror=alert(1)&gt;\u27e8U+202E\u27e9")
                    .doesNotContain("<img src=x")
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void noPageHoldsAScriptOfItsOwn() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        for (String path : List.of("/", "/runs", "/alerts")) {
            String body = get(path, anna).body();
            assertThat(body).doesNotContainPattern("<script(?! src=\"/assets/)").doesNotContainPattern(" on[a-z]+=");
            assertThat(body).contains("How this works");
        }
    }

    @Test
    void filesOfPagesAreKeptForEverAndHaveNoOtherNames() {
        LiveServer.Answer answer = get(Assets.url("app.css"), Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/css");
        assertThat(answer.header("Cache-Control")).contains("immutable");
        assertThat(get("/assets/app.css", Map.of()).status()).isEqualTo(404);
        assertThat(get("/assets/app.000000000000.css", Map.of()).status()).isEqualTo(404);
        assertThat(get("/assets/..%2fSite.000.class", Map.of()).status()).isIn(400, 404);
    }

    @Test
    void setupWithoutTheRightCodeMakesNobody() {
        Map<String, String> fields =
                Map.of("token", "x", "name", "eve", "password", "long enough", "again", "long enough");
        LiveServer.Answer answer = post("/setup", Map.of(), fields);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("setup link").doesNotContain("long enough");
        assertThat(server.parts().users().isEmpty()).isTrue();
    }
}
