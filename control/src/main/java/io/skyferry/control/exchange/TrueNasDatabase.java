package io.skyferry.control.exchange;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.TaskJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/// The configuration database of a TrueNAS, `freenas-v1.db`, of any release that keeps tasks in it.
final class TrueNasDatabase {
    private static final byte[] MARK = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int WRITE_VERSION = 18;
    private static final int READ_VERSION = 19;
    private static final int HEADER = 100;
    private static final int PATIENCE_SECONDS = 20;

    /// Columns that are called as the fields of a task are, and hold text.
    private static final List<String> TEXTS =
            List.of("description", "path", "pre_script", "post_script", "args", "direction", "transfer_mode");

    private static final List<String> TRUTHS = List.of(
            "snapshot", "enabled", "encryption", "filename_encryption", "create_empty_src_dirs", "follow_symlinks");

    /// Columns with JSON in the open.
    private static final List<String> TREES = List.of("attributes", "include", "exclude", "bwlimit");

    private static final List<String> SECRETS = List.of("encryption_password", "encryption_salt");

    private static final Map<String, String> SCHEDULE =
            Map.of("minute", "minute", "hour", "hour", "daymonth", "dom", "month", "month", "dayweek", "dow");

    private final Optional<TrueNasSeed> seed;

    private TrueNasDatabase(Optional<TrueNasSeed> seed) {
        this.seed = seed;
    }

    /// Whether these bytes begin as a database does.
    static boolean isOne(byte[] content) {
        return content.length >= HEADER && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
    }

    /// Reads accounts and tasks. What was kept under a secret that is not given is a row of asterisks.
    ///
    /// @throws RefusedException if it is no such database, or the secret is another's
    static TrueNasExport read(byte[] content, Optional<TrueNasSeed> seed) {
        byte[] bytes = content.clone();
        // In memory there is no log beside it, which the newer way of writing asks for.
        bytes[WRITE_VERSION] = 1;
        bytes[READ_VERSION] = 1;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            connection.unwrap(SQLiteConnection.class).deserialize("main", bytes);
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(PATIENCE_SECONDS);
                // Whoever wrote the file does not say what is run here.
                statement.execute("pragma trusted_schema = off");
                statement.execute("pragma query_only = on");
                var database = new TrueNasDatabase(seed);
                database.checkSeed(statement);
                return new TrueNasExport(database.accounts(statement), database.tasks(statement));
            }
        } catch (SQLException unreadable) {
            var refused = new RefusedException(
                    "Want the configuration database of a TrueNAS but this one cannot be read as such");
            refused.initCause(unreadable);
            throw refused;
        }
    }

    private void checkSeed(Statement statement) throws SQLException {
        if (seed.isEmpty()) {
            return;
        }
        for (Map<String, String> row : rows(statement, "system_settings")) {
            String check = row.getOrDefault("stg_pwenc_check", "");
            if (!check.isEmpty() && !seed.orElseThrow().fits(check)) {
                throw new RefusedException("Want the 'pwenc_secret' of this configuration but have another's");
            }
        }
    }

    private List<TrueNasExport.Found> accounts(Statement statement) throws SQLException {
        List<TrueNasExport.Found> accounts = new ArrayList<>();
        for (Map<String, String> row : rows(statement, "system_cloudcredentials")) {
            Map<String, JsonValue> account = new LinkedHashMap<>();
            account.put("provider", JsonValue.of(row.getOrDefault("provider", "")));
            account.put("attributes", attributes(row.getOrDefault("attributes", "")));
            accounts.add(new TrueNasExport.Found(
                    number(row, "id"), row.getOrDefault("name", ""), new JsonValue.Members(account)));
        }
        return accounts;
    }

    private JsonValue attributes(String kept) {
        Optional<String> text = seed.flatMap(one -> one.opened(kept));
        try {
            return text.isPresent() ? JsonValue.parse(text.orElseThrow()) : JsonValue.of(TaskJson.HIDDEN);
        } catch (IllegalArgumentException damaged) {
            var refused = new RefusedException("Want the 'pwenc_secret' of this configuration but have another's,"
                    + " or an account in it is damaged");
            refused.initCause(damaged);
            throw refused;
        }
    }

    private List<JsonValue.Members> tasks(Statement statement) throws SQLException {
        List<JsonValue.Members> tasks = new ArrayList<>();
        for (Map<String, String> row : rows(statement, "tasks_cloudsync")) {
            tasks.add(task(row));
        }
        return tasks;
    }

    private JsonValue.Members task(Map<String, String> row) {
        Map<String, JsonValue> task = new LinkedHashMap<>();
        task.put("id", JsonValue.of(number(row, "id")));
        task.put("credentials", JsonValue.of(number(row, "credential_id")));
        for (String name : TEXTS) {
            task.put(name, JsonValue.of(row.getOrDefault(name, "")));
        }
        for (String name : TRUTHS) {
            task.put(name, JsonValue.of(row.getOrDefault(name, "0").equals("1")));
        }
        for (String name : TREES) {
            String text = row.getOrDefault(name, "");
            if (!text.isEmpty()) {
                task.put(name, tree(name, text));
            }
        }
        for (String name : SECRETS) {
            String kept = row.getOrDefault(name, "");
            String open =
                    kept.isEmpty() ? "" : seed.flatMap(one -> one.opened(kept)).orElse(TaskJson.HIDDEN);
            task.put(name, JsonValue.of(open));
        }
        if (row.containsKey("transfers")) {
            task.put("transfers", JsonValue.of(number(row, "transfers")));
        }
        Map<String, JsonValue> schedule = new LinkedHashMap<>();
        SCHEDULE.forEach((column, name) -> schedule.put(name, JsonValue.of(row.getOrDefault(column, "*"))));
        task.put("schedule", new JsonValue.Members(schedule));
        return new JsonValue.Members(task);
    }

    private static JsonValue tree(String column, String text) {
        try {
            return JsonValue.parse(text);
        } catch (IllegalArgumentException unreadable) {
            var refused = new RefusedException("Want JSON in '%s' of a task but have something else".formatted(column));
            refused.initCause(unreadable);
            throw refused;
        }
    }

    private static long number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new RefusedException("Want a number in '%s' but have none".formatted(column));
        }
        return Long.parseLong(text);
    }

    /// All rows of a table, without what is `null`.
    private static List<Map<String, String>> rows(Statement statement, String table) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("select * from " + table)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns; i++) {
                    String text = result.getString(i);
                    if (text != null) {
                        row.put(result.getMetaData().getColumnName(i), text);
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
