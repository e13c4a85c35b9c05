package io.skyferry.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.RunKind;
import io.skyferry.server.LiveServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Walks all pages that lead to each other, as each role, and presses every button that is there.
@Tag("slow")
class RolesTest {
    private static final Caller ROOT = Caller.local("root");
    private static final Pattern LINK =
            Pattern.compile("(?:href|hx-get|data-from|data-expand|data-chart)=\"(/[^\"]*)\"");
    private static final Pattern CHANGE = Pattern.compile("(?:formaction|hx-post)=\"(/[^\"]*)\"");
    private static final Pattern FORM = Pattern.compile("<form[^>]*method=\"post\"[^>]*>");
    private static final Pattern ACTION = Pattern.compile(" action=\"(/[^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" content=\"([^\"]*)\"");
    private static final int FORBIDDEN = 403;

    private final Path folder;
    private final LiveServer server;
    private final Set<String> pages = new TreeSet<>();
    private final Set<String> changes = new TreeSet<>();

    RolesTest(@TempDir Path folder) {
        this.folder = folder;
        server = new LiveServer(folder, Optional.empty());
    }

    @AfterEach
    void end() {
        server.close();
    }

    /// A task that has run, one that waits, an alert, a channel, a key, and users of all roles.
    private void furnish() throws IOException {
        String admin = server.keyOf("root", Role.ADMIN);
        String source =
                Files.createDirectories(folder.resolve("source")).toRealPath().toString();
        ask(admin, "PUT", "/config/allowed-folders", "{\"value\":%s}".formatted(JsonValue.of(source)));
        ask(
                admin,
                "POST",
                "/credentials",
                "{\"name\":\"cloud\",\"provider\":\"memory\",\"settings\":{\"password\":\"top secret\"}}");
        ask(
                admin,
                "POST",
                "/credentials",
                "{\"name\":\"spare\",\"provider\":\"memory\",\"settings\":{\"password\":\"top secret\"}}");
        for (String name : Set.of("photos", "videos")) {
            ask(admin, "POST", "/tasks", """
                    {"description":"%s","direction":"PUSH","transfer_mode":"SYNC","path":%s,"credentials":1,
                     "pre_script":"true","attributes":{"folder":"/%s"}}""".formatted(name, JsonValue.of(source), name));
        }
        var _ = server.parts().runs().trigger(1, RunKind.DRY_RUN, ROOT);
        server.parts().alerts().raise(AlertRule.TASK_FAILED, "task 1", "it failed");
    }

    private void ask(String key, String method, String path, String body) {
        LiveServer.Answer answer = server.ask(key, method, "/api/v1" + path, body);
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
    }

    private static String encoded(Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return body.toString();
    }

    private Map<String, String> visitor(Role role) {
        String name = "the-" + role.name();
        server.parts().users().add(name, role, "password of " + name, ROOT);
        LiveServer.Answer answer = server.ask(
                "POST",
                "/login",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                encoded(Map.of("name", name, "password", "password of " + name)));
        return Map.of("Cookie", answer.header("Set-Cookie").replaceFirst(";.*", ""));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nothingThatIsShownIsRefused(Role role) throws IOException {
        furnish();
        Map<String, String> visitor = visitor(role);
        String token = crawl(visitor);
        assertThat(pages).contains("/", "/tasks", "/runs", "/alerts", "/credentials", "/settings", "/settings/tls");
        if (role == Role.READER) {
            assertThat(changes).isSubsetOf("/logout", "/theme", "/tasks/columns", "/settings/keys");
            assertThat(pages).noneMatch(path -> path.endsWith("/edit") || path.endsWith("/new"));
        } else {
            assertThat(changes)
                    .contains("/tasks/1/toggle", "/tasks/1/run", "/tasks/1/delete", "/alerts/1/dismiss")
                    .contains("/credentials/2/delete", "/tasks/1/restore");
        }
        changes.remove("/logout");
        Map<String, String> headers = new HashMap<>(visitor);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        for (String path : changes) {
            int status = server.ask("POST", path, headers, encoded(Map.of("csrf", token)))
                    .status();
            assertThat(status).as("%s presses %s", role, path).isNotIn(FORBIDDEN, 500);
        }
    }

    private String crawl(Map<String, String> visitor) {
        String token = "";
        Deque<String> open = new ArrayDeque<>(Set.of("/"));
        while (!open.isEmpty()) {
            String path = open.poll().replaceFirst("#.*", "").replace("&amp;", "&");
            boolean isNew = !path.startsWith("/assets/") && pages.add(path);
            if (!isNew) {
                continue;
            }
            LiveServer.Answer answer = server.ask("GET", path, visitor, "");
            assertThat(answer.status()).as(path).isNotIn(FORBIDDEN, 500);
            if (!answer.header("Content-Type").startsWith("text/html")) {
                continue;
            }
            String html = answer.body();
            Matcher found = TOKEN.matcher(html);
            token = found.find() ? found.group(1) : token;
            LINK.matcher(html).results().forEach(link -> open.add(link.group(1)));
            CHANGE.matcher(html).results().forEach(link -> changes.add(link.group(1)));
            FORM.matcher(html)
                    .results()
                    .forEach(
                            form -> ACTION.matcher(form.group()).results().forEach(link -> changes.add(link.group(1))));
        }
        return token;
    }
}
