package io.skyferry.control.store;

import io.skyferry.control.run.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Brings the database up to what this program knows, by the steps in `db/migration/V<number>__<name>.sql`.
///
/// The steps are plain SQL that SQLite and PostgreSQL both take, but for what stands in `${...}`. All missing ones
/// are taken in one transaction.
final class Schema {
    /// The steps of this program. Numbers need not follow each other; a step that was released never changes.
    static final Schema CURRENT = new Schema(
            Dialect.SQLITE,
            List.of(
                    new Step(1, "credentials"),
                    new Step(2, "settings"),
                    new Step(3, "tasks"),
                    new Step(4, "runs"),
                    new Step(20, "users"),
                    new Step(21, "alerts"),
                    new Step(22, "changes"),
                    new Step(23, "totals"),
                    new Step(30, "run_days"),
                    new Step(31, "one_index_of_days")));

    private final Dialect dialect;
    private final List<Step> steps;

    /// One step.
    ///
    /// @param number under which it is remembered
    record Step(long number, String name) {
        String resource() {
            return "/db/migration/V%s%s__%s.sql".formatted(number < 10 ? "0" : "", number, name);
        }
    }

    /// @param steps in any order
    Schema(Dialect dialect, List<Step> steps) {
        this.dialect = dialect;
        this.steps =
                steps.stream().sorted(Comparator.comparingLong(Step::number)).toList();
    }

    /// The same steps for another kind of database.
    Schema in(Dialect other) {
        return new Schema(other, steps);
    }

    private long newest() {
        return steps.getLast().number();
    }

    /// Whether nothing is missing in the database: two small looks.
    ///
    /// @throws RefusedException if a newer program wrote to it
    boolean isCurrent(Session session, Object where) throws SQLException {
        if (!isKnown(session)) {
            return false;
        }
        Counted counted = session.first(
                        "select count(*), max(version) from schema_version",
                        row -> new Counted(row.getLong(1), row.getLong(2)))
                .orElseThrow();
        if (counted.newest() > newest()) {
            throw new RefusedException(
                    ("Want a database of version %s or less but '%s' has version %s: a newer Skyferry"
                                    + " made it. Use that one, or another SKYFERRY_HOME")
                            .formatted(newest(), where, counted.newest()));
        }
        return counted.steps() == steps.size();
    }

    private record Counted(long steps, long newest) {}

    private boolean isKnown(Session session) throws SQLException {
        return session.first(dialect.tableNamed(), _ -> true, "schema_version").isPresent();
    }

    /// How far the database is; 0: nothing is in it yet.
    ///
    /// @throws StoreException if it is another program's
    int versionOf(Session session) throws SQLException {
        if (isKnown(session)) {
            return session.first("select max(version) from schema_version", row -> row.getInt(1))
                    .orElse(0);
        }
        if (session.first(dialect.anyTable(), _ -> true).isPresent()) {
            throw new StoreException("holds tables, but none of Skyferry's: it is another program's database");
        }
        return 0;
    }

    /// Takes the steps that are missing by now: another process may have been faster.
    void takeMissing(Session session, long now) throws SQLException {
        Set<Long> taken = new HashSet<>();
        if (versionOf(session) > 0) {
            taken.addAll(session.list("select version from schema_version", row -> row.getLong(1)));
        }
        for (Step step : steps) {
            if (!taken.contains(step.number())) {
                take(session, step, now);
            }
        }
    }

    private void take(Session session, Step step, long now) throws SQLException {
        for (String statement : statements(step)) {
            session.run(statement);
        }
        session.change(
                "insert into schema_version(version, name, applied) values (?, ?, ?)", step.number(), step.name(), now);
    }

    /// The statements of a step: each ends with `;` at the end of a line.
    List<String> statements(Step step) {
        try (InputStream in = Schema.class.getResourceAsStream(step.resource())) {
            if (in == null) {
                throw new IllegalStateException(
                        "Want the step '%s' in the program but it is not there".formatted(step.resource()));
            }
            List<String> statements = new ArrayList<>();
            var one = new StringBuilder();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("--")) {
                    continue;
                }
                one.append(line.replace("${blob}", dialect.blob())).append('\n');
                if (line.endsWith(";")) {
                    statements.add(one.toString());
                    one.setLength(0);
                }
            }
            return statements;
        } catch (IOException failure) {
            throw new IllegalStateException("Want to read the step '%s'".formatted(step.resource()), failure);
        }
    }
}
