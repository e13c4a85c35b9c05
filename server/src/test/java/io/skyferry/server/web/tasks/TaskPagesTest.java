package io.skyferry.server.web.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.setting.Settings;
import io.skyferry.server.LiveServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskPagesTest {
    private static final Caller ROOT = Caller.local("root");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" content=\"([^\"]*)\"");

    private final String folder;
    private final LiveServer server;
    private final long credential;

    TaskPagesTest(@TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath().toString();
        server = new LiveServer(folder, Optional.empty());
        server.parts().settings().set(Settings.Name.ALLOWED_FOLDERS, this.folder, ROOT);
        credential = server.parts()
                .credentials()
                .add("cloud", "memory", SettingChanges.of(Map.of("password", "top secret")))
                .id();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Map<String, String> visitor(String name, Role role) {
        server.parts().users().add(name, role, "password of " + name, ROOT);
        LiveServer.Answer answer =
                post("/login", Map.of(), Map.of("name", name, "password", "password of " + name, "to", "/"));
        return Map.of("Cookie", answer.header("Set-Cookie").replaceFirst(";.*", ""));
    }

    private LiveServer.Answer post(String path, Map<String, String> visitor, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (!visitor.isEmpty()) {
            Matcher token =
                    TOKEN.matcher(server.ask("GET", "/tasks", visitor, "").body());
            assertThat(token.find()).isTrue();
            all.put("csrf", token.group(1));
        }
        var body = new StringBuilder();
        all.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        Map<String, String> headers = new HashMap<>(visitor);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return server.ask("POST", path, headers, body.toString());
    }

    private Map<String, String> form(String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("description", "Photos");
        form.put("direction", "PUSH");
        form.put("transfer_mode", "COPY");
        form.put("path", folder);
        form.put("credentials", Long.toString(credential));
        form.put("attributes.folder", "photos");
        form.put("schedule", "daily");
        form.put("schedule.time", "02:30");
        form.put("missed_runs", "RUN_ONCE");
        form.put("encryption_encoding", "base32");
        form.put("encryption_suffix", ".bin");
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private long saved(String... more) {
        LiveServer.Answer answer = post("/tasks/new/advanced", visitor("maker", Role.ADMIN), form(more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        return server.parts().tasks().list().getLast().id();
    }

    @Test
    void readerIsRefusedWhateverChangesSomething() {
        long task = saved();
        Map<String, String> rita = visitor("rita", Role.READER);
        for (String path : List.of("run", "dry-run", "stop", "toggle", "duplicate", "delete", "restore", "edit")) {
            assertThat(post("/tasks/%s/%s".formatted(task, path), rita, form()).status())
                    .as(path)
                    .isEqualTo(403);
        }
        for (String path : List.of("check", "tree", "preview", "buckets", "bucket", "verify", "dry-run", "options")) {
            assertThat(post("/tasks/form/" + path, rita, form()).status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(post("/tasks/new", rita, form("go", "save")).status()).isEqualTo(403);
        assertThat(server.ask("GET", "/tasks/%s".formatted(task), rita, "").body())
                .contains("Photos")
                .doesNotContain("/edit", "formaction");
    }

    @Test
    void passwordsAreNeverSentBack() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        LiveServer.Answer wrong = post(
                "/tasks/new/advanced",
                anna,
                form("encryption", "true", "encryption_password", "hush hush", "path", "/etc"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("allowed folders").doesNotContain("hush hush");
        long task = saved("encryption", "true", "encryption_password", "hush hush");
        LiveServer.Answer edit = server.ask("GET", "/tasks/%s/edit".formatted(task), anna, "");
        assertThat(edit.body()).contains("value=\"********\"").doesNotContain("hush hush");
        post(
                "/tasks/%s/edit".formatted(task),
                anna,
                form("encryption", "true", "encryption_password", "********", "revision", revision(task)));
        assertThat(server.parts().tasks().work(task).secrets()).containsEntry("encryption_password", "hush hush");
    }

    private String revision(long task) {
        return Long.toString(server.parts().tasks().get(task).revision());
    }

    @Test
    void whatSomebodyElseHasSavedMeanwhileIsNotReplacedUnseen() {
        long task = saved();
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        String seen = revision(task);
        server.parts().tasks().update(task, JsonValue.Members.EMPTY.with("description", JsonValue.of("Theirs")), ROOT);
        LiveServer.Answer answer =
                post("/tasks/%s/edit".formatted(task), anna, form("description", "Mine", "revision", seen));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("Somebody else changed this task", "value=\"Mine\"");
        assertThat(server.parts().tasks().get(task).name()).isEqualTo("Theirs");
        post("/tasks/%s/edit".formatted(task), anna, form("description", "Mine", "revision", revision(task)));
        assertThat(server.parts().tasks().get(task).name()).isEqualTo("Mine");
    }

    @Test
    void operatorLeavesScriptsAsTheyAre() {
        long task = saved("pre_script", "echo 1");
        Map<String, String> olga = visitor("olga", Role.OPERATOR);
        LiveServer.Answer answer = post(
                "/tasks/%s/edit".formatted(task),
                olga,
                form("description", "Hers", "pre_script", "rm -rf /", "revision", revision(task)));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(server.parts().tasks().get(task).name()).isEqualTo("Hers");
        assertThat(server.parts().tasks().get(task).fields().scripts().pre()).isEqualTo("echo 1");
    }

    @Test
    void treesOfThisMachineEndAtTheAllowedFolders() {
        server.storage().backdoor().put("in/<b>x</b>/f", "1");
        Map<String, String> olga = visitor("olga", Role.OPERATOR);
        assertThat(tree(olga, "local", "")).contains(folder);
        assertThat(tree(olga, "local", "/")).contains("must reside within");
        assertThat(tree(olga, "local", folder + "/../..")).contains("without '..'");
        assertThat(tree(olga, "local", folder)).contains("Use the folder in");
        assertThat(tree(olga, "source", "in")).contains("&lt;b").doesNotContain("<b>");
    }

    private String tree(Map<String, String> visitor, String side, String at) {
        LiveServer.Answer answer = post("/tasks/form/tree", visitor, form("side", side, "at", at));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void wizardKeepsWhatWasFilledInOnItsWay() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        assertThat(post("/tasks/new", anna, Map.of("go", "next", "credentials", ""))
                        .status())
                .isEqualTo(422);
        LiveServer.Answer advanced = post(
                "/tasks/new",
                anna,
                form("go", "advanced", "transfer_mode", "MOVE", "include", "/a <b>", "schedule.time", "07:08"));
        assertThat(advanced.body()).contains("value=\"MOVE\" checked", "/a &lt;b", "value=\"07:08\"");
        LiveServer.Answer made = post("/tasks/new", anna, form("go", "save", "description", ""));
        assertThat(made.status()).as(made.body()).isEqualTo(303);
        assertThat(server.parts().tasks().list().getLast().name()).isEqualTo("cloud - " + folder);
    }

    @Test
    void formsLeadBackToPagesOfTasksAlone() {
        Map<String, String> anna = visitor("anna", Role.ADMIN);
        for (String to :
                List.of("https://evil.example/", "//evil.example", "/tasks\\evil", "/tasks\r\nX: y", "/users")) {
            assertThat(post("/tasks/columns", anna, Map.of("column", "path", "back", to))
                            .header("Location"))
                    .as(to)
                    .isEqualTo("/tasks");
        }
        assertThat(post("/tasks/columns", anna, Map.of("column", "path", "back", "/tasks?q=a"))
                        .header("Location"))
                .isEqualTo("/tasks?q=a");
    }

    @Test
    void weekIsPaintedByTheServer() {
        Map<String, String> olga = visitor("olga", Role.OPERATOR);
        Map<String, String> stroke = form("bwlimit", "512", "from", "6.0", "to", "7.23", "paint", "off");
        assertThat(post("/tasks/form/bandwidth", olga, stroke).body())
                .contains("data-text=\"Mon-00:00,512Ki Sat-00:00,off\"", "Saturday 0:00: no limit");
        stroke.put("paint", "much");
        assertThat(post("/tasks/form/bandwidth", olga, stroke).body()).contains("class=\"wrong\"", "data-text=\"512\"");
    }
}
