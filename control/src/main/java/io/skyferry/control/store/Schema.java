package io.skyferry.control.store;

import io.skyferry.control.run.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Brings the database up to what this program knows, by the steps in `V<number>__<name>.sql`.
///
/// The steps are plain SQL that SQLite and PostgreSQL both take, but for what stands in `${...}`. All missing ones are
/// taken in one transaction.
final class Schema {
    /// The steps of this program.
    static final Schema CURRENT = new Schema(List.of("credentials"));

    private final List<String> steps;

    /// @param steps the names of the steps, the first one is number 1
    Schema(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /// How far this program brings a database.
    int version() {
        return steps.size();
    }

    /// How far the database is; 0: nothing is in it yet.
    static int versionOf(Session session) throws SQLException {
        boolean known = session.first(
                        "select 1 from sqlite_schema where type = 'table' and name = 'schema_version'", _ -> true)
                .isPresent();
        if (known) {
            return session.first("select max(version) from schema_version", row -> row.getInt(1))
                    .orElse(0);
        }
        if (session.first("select 1 from sqlite_schema limit 1", _ -> true).isPresent()) {
            throw new StoreException("holds tables, but none of Skyferry's: it is another program's database");
        }
        return 0;
    }

    /// Goes on only if no newer program wrote to the database.
    ///
    /// @throws RefusedException naming both versions
    void refuseNewer(Path file, int version) {
        if (version > version()) {
            throw new RefusedException(
                    ("Want a database of version %s or less but '%s' has version %s: a newer Skyferry"
                                    + " made it. Use that one, or another SKYFERRY_HOME")
                            .formatted(version(), file, version));
        }
    }

    /// Takes the steps that are missing; an older database is copied first, to `<file>.v<version>`.
    void bringUp(Path file, Connected connection, InstantSource clock) throws SQLException, IOException {
        int version = connection.transaction(Connected.Kind.READING, Schema::versionOf);
        refuseNewer(file, version);
        if (version == version()) {
            return;
        }
        if (version > 0) {
            connection.copyTo(file.resolveSibling("%s.v%s".formatted(file.getFileName(), version)));
        }
        connection.transaction(Connected.Kind.WRITING, session -> {
            // Another process may have been faster.
            for (int next = versionOf(session) + 1; next <= version(); next++) {
                take(session, next, clock.millis());
            }
            return version();
        });
    }

    private void take(Session session, int number, long now) throws SQLException {
        String name = steps.get(number - 1);
        for (String statement : statements("V%s__%s.sql".formatted(number, name))) {
            session.run(statement);
        }
        session.change("insert into schema_version(version, name, applied) values (?, ?, ?)", (long) number, name, now);
    }

    /// The statements of a step: each ends with `;` at the end of a line.
    static List<String> statements(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "Want the step '%s' in the program but it is not there".formatted(resource));
            }
            List<String> statements = new ArrayList<>();
            var one = new StringBuilder();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("--")) {
                    continue;
                }
                one.append(line.replace("${blob}", "blob")).append('\n');
                if (line.endsWith(";")) {
                    statements.add(one.toString());
                    one.setLength(0);
                }
            }
            return statements;
        } catch (IOException failure) {
            throw new IllegalStateException("Want to read the step '%s'".formatted(resource), failure);
        }
    }
}
