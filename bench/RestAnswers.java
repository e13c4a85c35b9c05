import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

/// How long the service takes for its answers with many tasks and a long history.
///
///     java -cp 'LIB/*' RestAnswers.java SKYFERRY FOLDER [TASKS RUNS REPEATS]
///
/// It starts the service over an empty home, saves the tasks by REST, writes the history into the database, and
/// asks for each thing in turn by one connection after the other. Prints a line for each: what, how large, and the
/// median, 99th percentile and slowest answer in milliseconds, measured by the client.
public final class RestAnswers {
    private static final List<String> ASKED = List.of(
            "/tasks",
            "/tasks/500",
            "/runs",
            "/runs?limit=1000",
            "/runs?task=7",
            "/runs?state=FAILED&limit=1000",
            "/runs?state=RUNNING,WAITING",
            "/runs?before=50000",
            "/runs/50000",
            "/runs/totals",
            "/runs/totals?task=7",
            "/credentials",
            "/providers",
            "/alerts",
            "/config",
            "/audit?limit=1000",
            "/users",
            "/schedules/preview?cron=30+2+*+*+mon-fri&zone=Europe/Berlin");

    private final Path skyferry;
    private final Path home;
    private final HttpClient client = HttpClient.newHttpClient();
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
        Files.createDirectories(folder.resolve("data"));
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
            for (String path : ASKED) {
                report(path, repeats);
            }
        } finally {
            service.destroy();
            service.waitFor(30, TimeUnit.SECONDS);
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
                    asked("/tasks").header("Content-Type", "application/json")
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
        return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).header("Authorization", "Bearer " + key);
    }

    private void write(int tasks, int runs) throws SQLException {
        long hour = 3_600_000;
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

    private void report(String path, int repeats) throws IOException, InterruptedException {
        long[] took = new long[repeats];
        int size = 0;
        for (int i = -30; i < repeats; i++) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> answer =
                    client.send(asked(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
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
