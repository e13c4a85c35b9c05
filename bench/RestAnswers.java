import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How long the service takes for its answers with many tasks and a long history.
///
///     java -cp 'LIB/*' RestAnswers.java SKYFERRY FOLDER [TASKS RUNS REPEATS]
///
/// It starts the service over an empty home, saves the tasks by REST, writes the history into the database, lets one
/// task plan and run, and asks for each thing in turn by one connection after the other: every route of the service's
/// own document with a key, and the pages as a browser that logged in. Prints a line for each: what, how large, and the
/// median, 99th percentile and slowest answer in milliseconds, measured by the client.
public final class RestAnswers {
    /// What is asked of REST; {plan} is a run that planned, {done} one that transferred.
    private static final List<String> ASKED = List.of(
            "/tasks",
            "/tasks/500",
            "/tasks/1/entries",
            "/runs",
            "/runs?limit=1000",
            "/runs?task=7",
            "/runs?state=FAILED&limit=1000",
            "/runs?state=RUNNING,WAITING",
            "/runs?before=50000",
            "/runs/50000",
            "/runs/totals",
            "/runs/totals?task=7",
            "/runs/totals?by=task",
            "/runs/totals?from=2000-01-01",
            "/runs/{done}/log",
            "/runs/{done}/log/file",
            "/runs/{done}/events",
            "/runs/{plan}/plan",
            "/runs/{plan}/plan/steps",
            "/runs/{plan}/plan/steps?text=9",
            "/credentials",
            "/credentials/1",
            "/credentials/1/entries",
            "/providers",
            "/alerts",
            "/channels",
            "/config",
            "/audit?limit=1000",
            "/audit/state",
            "/users",
            "/api-keys",
            "/session",
            "/openapi.json",
            "/schedules/preview?cron=30+2+*+*+mon-fri&zone=Europe/Berlin");

    /// Not for a figure: a stream that does not end, and buckets, which the account of the bench has none of.
    private static final List<String> LEFT_OUT = List.of("/events", "/credentials/{id}/buckets");

    /// The pages, and the parts that they ask for by themselves.
    private static final List<String> PAGES = List.of(
            "/",
            "/dashboard/live",
            "/dashboard/speeds",
            "/dashboard/space",
            "/tasks",
            "/tasks?size=100",
            "/tasks?q=99&sort=last_run",
            "/tasks/500",
            "/tasks/500/row",
            "/tasks/500/more",
            "/tasks/500/edit",
            "/tasks/500/restore",
            "/tasks/new",
            "/tasks/new/advanced",
            "/credentials/new",
            "/credentials/1/edit",
            "/runs",
            "/runs?state=FAILED",
            "/runs?task=7",
            "/runs/{done}",
            "/runs/{done}/live",
            "/runs/{done}/speeds",
            "/runs/{done}/log",
            "/plans/{plan}",
            "/plans/{plan}/level",
            "/credentials",
            "/alerts",
            "/settings",
            "/settings/notifications",
            "/settings/exchange",
            "/settings/users",
            "/settings/keys",
            "/settings/audit",
            "/metrics",
            "/health",
            "/ready");

    private static final int FILES = 2000;

    private final Path skyferry;
    private final Path home;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private String url = "";
    private String key = "";

    private RestAnswers(Path skyferry, Path home) {
        this.skyferry = skyferry;
        this.home = home;
    }

    public static void main(String... given) throws Exception {
        var bench = new RestAnswers(Path.of(given[0]), Path.of(given[1]).resolve("home"));
        int tasks = given.length > 2 ? Integer.parseInt(given[2]) : 1000;
        int runs = given.length > 3 ? Integer.parseInt(given[3]) : 100_000;
        int repeats = given.length > 4 ? Integer.parseInt(given[4]) : 300;
        bench.measure(Path.of(given[1]), tasks, runs, repeats);
    }

    private ProcessBuilder command(String... words) {
        List<String> all = new ArrayList<>(List.of(skyferry.toString()));
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("SKYFERRY_HOME", home.toString());
        return builder;
    }

    private String said(String... words) throws IOException, InterruptedException {
        Process process = command(words).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + text);
        }
        return text;
    }

    private void measure(Path folder, int tasks, int runs, int repeats) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(data.resolve("file" + i), "some words");
        }
        Path password = Files.writeString(folder.resolve("password"), "a long password\n");
        said("user", "add", "anna", "--role", "admin", "--password-file", password.toString());
        List<String> lines = said("user", "api-key", "anna").strip().lines().toList();
        key = lines.getLast();
        said("config", "set", "allowed-folders", folder.toString());
        said("credential", "add", "account", "--provider", "local", "--set", "path=" + folder);
        Process service = command("serve", "--listen", "127.0.0.1:0").start();
        try {
            var words = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
            while (url.isEmpty()) {
                String line = words.readLine();
                url = line.startsWith("Skyferry listens on ") ? line.substring(20).strip() : "";
            }
            save(folder, tasks);
            write(tasks, runs);
            measureAll(repeats);
        } finally {
            service.destroy();
            service.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private void measureAll(int repeats) throws IOException, InterruptedException {
        String plan = run("dry-run");
        String done = run("run");
        expectAllRoutes();
        for (String path : ASKED) {
            report("/api/v1" + path.replace("{plan}", plan).replace("{done}", done), Asker.PROGRAM, repeats);
        }
        HttpResponse<String> login = client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"anna\",\"password\":\"a long password\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        expect(login.statusCode() == 200, "/session: " + login.body());
        for (String path : PAGES) {
            report(path.replace("{plan}", plan).replace("{done}", done), Asker.BROWSER, repeats);
        }
    }

    private enum Asker {
        PROGRAM,
        BROWSER
    }

    /// A run of the first task, from its beginning to its end.
    private String run(String kind) throws IOException, InterruptedException {
        HttpResponse<String> begun = client.send(
                asked("/api/v1/tasks/1/" + kind)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher id = Pattern.compile("\"id\":([0-9]+)").matcher(begun.body());
        expect(begun.statusCode() == 200 && id.find(), kind + ": " + begun.body());
        while (true) {
            String now = client.send(
                            asked("/api/v1/runs/" + id.group(1)).GET().build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            if (now.contains("\"state\":\"SUCCESS\"")) {
                return id.group(1);
            }
            expect(now.contains("\"state\":\"WAITING\"") || now.contains("\"state\":\"RUNNING\""), now);
            // The run goes on in another process: nothing here could wake this one.
            Thread.sleep(100);
        }
    }

    /// Whatever the service says that it answers is asked for here.
    private void expectAllRoutes() throws IOException, InterruptedException {
        String told = client.send(
                        asked("/api/v1/openapi.json").GET().build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher route = Pattern.compile("\"(/[^\"]*)\":\\{\"get\"").matcher(told);
        int found = 0;
        while (route.find()) {
            String path = route.group(1).replace("/api/v1", "");
            String like = Pattern.quote(path).replaceAll("\\{[a-z]+}", "\\\\E[^/?]+\\\\Q") + "([?].*)?";
            boolean known = LEFT_OUT.contains(path)
                    || Stream.concat(ASKED.stream(), PAGES.stream()).anyMatch(one -> one.matches(like));
            expect(known, "Want a figure for " + path + " but nobody asks for it");
            found++;
        }
        expect(found > 20, "Want the routes of the service but have " + told);
    }

    private static void expect(boolean right, String words) throws IOException {
        if (!right) {
            throw new IOException(words);
        }
    }

    private void save(Path folder, int tasks) throws IOException, InterruptedException {
        long[] took = new long[tasks];
        for (int i = 0; i < tasks; i++) {
            String body = ("{\"description\":\"Task %s\",\"direction\":\"PUSH\",\"transfer_mode\":\"COPY\",\"path\":\"%s\","
                            + "\"credentials\":1,\"attributes\":{\"folder\":\"copy%s\"},\"exclude\":[\"*.tmp\",\"/cache/\"],"
                            + "\"schedule\":{\"minute\":\"%s\",\"hour\":\"3\"}}")
                    .formatted(i, folder.resolve("data"), i, i % 60);
            long begun = System.nanoTime();
            HttpResponse<String> answer = client.send(
                    asked("/api/v1/tasks").header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            took[i] = System.nanoTime() - begun;
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        }
        line("POST /tasks", 0, took);
    }

    private HttpRequest.Builder asked(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
    }

    private void write(int tasks, int runs) throws SQLException {
        long hour = 3_600_000;
        // The history ends now, so that pages of today and of the last days have something to show.
        long begin = System.currentTimeMillis() - runs / tasks * 24 * hour;
        String excerpt = "2026-11-21T16:40:01.000Z INFO  added: 'a file with some name'\n".repeat(20);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("app.db"))) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into run(id, task_id, description, kind, cause, caller, state, queued, started,"
                                    + " finished, local_writes, remote_writes, message, excerpt, progress, fields, files,"
                                    + " bytes, copied, renamed, deleted, unchanged, skipped, failed, warnings) values (?, ?,"
                                    + " ?, 'REAL', 'SCHEDULE', 'service', ?, ?, ?, ?, 0, 0, ?, ?, '', '', 12, 3456789, 0, 0,"
                                    + " 1, 4321, 0, 0, 0)");
                    Statement statement = connection.createStatement()) {
                for (int i = 1; i <= runs; i++) {
                    long at = begin + (long) (i / tasks) * 24 * hour + i % tasks * 1000L;
                    insert.setLong(1, i);
                    insert.setLong(2, 1 + i % tasks);
                    insert.setString(3, "Task " + i % tasks);
                    insert.setString(4, i % 20 == 0 ? "FAILED" : "SUCCESS");
                    insert.setLong(5, at);
                    insert.setLong(6, at + 500);
                    insert.setLong(7, at + 90_000);
                    insert.setString(8, i % 20 == 0 ? "The server does not answer" : "");
                    insert.setString(9, excerpt);
                    insert.addBatch();
                    if (i % 1000 == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
                statement.execute("insert into counter(name, last) values ('run', " + runs
                        + ") on conflict(name) do update set last = excluded.last");
            }
            connection.commit();
        }
    }

    private void report(String path, Asker asker, int repeats) throws IOException, InterruptedException {
        long[] took = new long[repeats];
        int size = 0;
        HttpRequest request = asker == Asker.PROGRAM
                ? asked(path).GET().build()
                : HttpRequest.newBuilder(URI.create(url + path)).GET().build();
        for (int i = -30; i < repeats; i++) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            long now = System.nanoTime();
            if (answer.statusCode() != 200) {
                throw new IOException(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            size = answer.body().length;
            if (i >= 0) {
                took[i] = now - begun;
            }
        }
        line("GET " + path, size, took);
    }

    private static void line(String what, int size, long[] took) {
        Arrays.sort(took);
        System.out.printf(
                "%-62s %9d B   p50 %7.1f   p99 %7.1f   max %7.1f ms%n",
                what,
                size,
                took[took.length / 2] / 1e6,
                took[(int) Math.ceil(took.length * 0.99) - 1] / 1e6,
                took[took.length - 1] / 1e6);
    }
}
