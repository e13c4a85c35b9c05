package io.skyferry.memory;

import java.sql.SQLException;
import java.util.List;

/// The tables of a memory file, version by version.
///
/// The rows of all tables but the numbers in `meta` are packed by a [RowWriter] and end with a checksum over key and
/// row. Sides are 0 for the left root and 1 for the right one, as `meta` names them.
///
/// | table | holds |
/// | --- | --- |
/// | `agreed` | what both sides last agreed on, by the bytes of the key; marks find rows by their identity |
/// | `flush` | in which boot the bytes of rows were written that wait for a flush |
/// | `observed` | what was last seen on a side where a feed takes the place of listings |
/// | `unfinished`, `part` | uploads in parts, their promises and the parts that arrived |
/// | `intent` | what was about to be begun |
/// | `skip`, `cursor`, `root` | entries that are not kept in step, feed positions, the roots as last seen |
/// | `meta` | whose memory this is, and counters |
final class Schema {
    /// What marks the file as ours: "SkyF".
    static final int APPLICATION = 0x536b7946;

    private static final List<List<String>> STEPS = List.of(List.of(
            "create table meta(name text primary key, row blob not null) without rowid",
            "create table root(number integer primary key, row blob not null)",
            "create table agreed(key blob primary key, left_mark integer, right_mark integer, row blob not null)"
                    + " without rowid",
            "create table flush(number integer primary key, row blob not null)",
            "create table observed(side integer, path blob, row blob not null, primary key(side, path)) without rowid",
            "create table unfinished(side integer, path blob, row blob not null, primary key(side, path))"
                    + " without rowid",
            "create table part(side integer, path blob, number integer, promise blob, arrived blob,"
                    + " primary key(side, path, number)) without rowid",
            "create table intent(side integer, path blob, row blob not null, primary key(side, path)) without rowid",
            "create table skip(side integer, path blob, row blob not null, primary key(side, path)) without rowid",
            "create table cursor(feed blob primary key, row blob not null) without rowid"));

    /// The version that this program writes.
    static final int VERSION = STEPS.size();

    private Schema() {}

    /// Brings a file from a version up to [#VERSION]; 0 for an empty one. To be called while writing.
    static void bringUp(Database database, int from) throws SQLException {
        for (List<String> step : STEPS.subList(from, VERSION)) {
            for (String statement : step) {
                database.run(statement);
            }
        }
        database.run("pragma application_id=" + APPLICATION);
        database.run("pragma user_version=" + VERSION);
    }

    /// Whether there is nothing in the file at all.
    static boolean isUntouched(Database database) throws SQLException {
        return database.first("select 1 from sqlite_schema limit 1", _ -> true).isEmpty()
                && database.first("pragma application_id", row -> row.getInt(1)).orElse(0) == 0;
    }

    /// The version that a file says it has.
    ///
    /// @throws DamageException if it is no memory
    static int versionOf(Database database) throws SQLException {
        int application =
                database.first("pragma application_id", row -> row.getInt(1)).orElse(0);
        if (application != APPLICATION) {
            throw new DamageException("it is no memory of a pair");
        }
        return database.first("pragma user_version", row -> row.getInt(1)).orElse(0);
    }
}
