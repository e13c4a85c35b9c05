package io.skyferry.memory;

import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.Part;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/// Writes the rows of a memory, on the thread that writes.
final class Tables {
    private final Database database;
    private final long run;
    private volatile Counts committed;
    private Counts counts;

    /// One change of the tables.
    @FunctionalInterface
    interface Write {
        void to(Tables tables) throws SQLException;
    }

    /// The tables as they were found.
    ///
    /// @param run the number of this run, which the first write brings in
    Tables(Database database, Counts found, long run) {
        this.database = database;
        this.run = run;
        this.committed = found;
        this.counts = found;
    }

    /// The numbers that go with what was committed.
    Counts counts() {
        return committed;
    }

    /// Does all of a group or nothing of it.
    void writeGroup(List<Write> writes, Database.Durability durability) throws SQLException {
        database.begin(durability);
        counts = counts.withRuns(run);
        for (Write write : writes) {
            write.to(this);
        }
        if (!counts.isAs(committed)) {
            putMeta(database, Counts.NAME, counts.packed(metaKey(Counts.NAME)));
        }
        database.commit();
        committed = counts;
    }

    static void putMeta(Database database, String name, byte[] row) throws SQLException {
        database.change("insert or replace into meta(name, row) values(cast(? as text), ?)", metaKey(name), row);
    }

    static byte[] metaKey(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    void put(byte[] key, Marks marks, byte[] packed) throws SQLException {
        int added = database.change(
                "insert into agreed(key, left_mark, right_mark, row) values(?, ?, ?, ?) on conflict do nothing",
                key,
                marks.left(),
                marks.right(),
                packed);
        if (added == 0) {
            database.change(
                    "update agreed set left_mark = ?, right_mark = ?, row = ? where key = ?",
                    marks.left(),
                    marks.right(),
                    packed,
                    key);
        } else {
            counts = counts.withRows(1, isFile(key) ? 1 : 0);
        }
    }

    void forget(byte[] key) throws SQLException {
        if (database.change("delete from agreed where key = ?", (Object) key) != 0) {
            counts = counts.withRows(-1, isFile(key) ? -1 : 0);
        }
    }

    /// Whether the key is a file's: a directory's ends in a slash.
    private static boolean isFile(byte[] key) {
        return key.length == 0 || key[key.length - 1] != '/';
    }

    /// Makes rows findable by their identity on a side.
    void indexMarks(Side side) throws SQLException {
        database.run(
                switch (side) {
                    case LEFT ->
                        "create index if not exists agreed_left on agreed(left_mark) where left_mark is not null";
                    case RIGHT ->
                        "create index if not exists agreed_right on agreed(right_mark) where right_mark is not null";
                });
    }

    void putFlush(long number, String boot) throws SQLException {
        database.change(
                "insert or replace into flush(number, row) values(?, ?)",
                number,
                PairRows.pack(Flushes.keyOf(number), boot));
    }

    void believeFlushed(long upTo) throws SQLException {
        database.change("delete from flush where number <= ?", upTo);
        counts = counts.withFlushed(upTo);
    }

    void believeRows() {
        counts = counts.withOlder("");
    }

    void putRoots(Roots roots) throws SQLException {
        database.change(
                "insert or replace into root(number, row) values(0, ?)", (Object) PairRows.pack(Queries.ROOT, roots));
    }

    void begin(Unfinished unfinished) throws SQLException {
        var place = new Place(unfinished.side(), unfinished.path());
        end(place);
        database.change(
                "insert into unfinished(side, path, row) values(?, ?, ?)",
                place.sideNumber(),
                place.path().bytes(),
                PairRows.pack(place.key(), unfinished));
        for (var promise : unfinished.promises().entrySet()) {
            promise(place, promise.getKey(), promise.getValue());
        }
        for (Part part : unfinished.parts()) {
            arrived(place, part);
        }
    }

    void promise(Place place, int number, String promise) throws SQLException {
        database.change(
                "insert into part(side, path, number, promise) values(?, ?, ?, ?)"
                        + " on conflict(side, path, number) do update set promise = excluded.promise",
                place.sideNumber(),
                place.path().bytes(),
                number,
                PairRows.pack(place.keyOfPart(number), promise));
    }

    void arrived(Place place, Part part) throws SQLException {
        database.change(
                "insert into part(side, path, number, arrived) values(?, ?, ?, ?)"
                        + " on conflict(side, path, number) do update set arrived = excluded.arrived",
                place.sideNumber(),
                place.path().bytes(),
                part.number(),
                PairRows.pack(place.keyOfPart(part.number()), part));
    }

    void end(Place place) throws SQLException {
        remove("delete from unfinished where side = ? and path = ?", place);
        remove("delete from part where side = ? and path = ?", place);
    }

    void intend(Place place, List<String> ids) throws SQLException {
        database.change(
                "insert or replace into intent(side, path, row) values(?, ?, ?)",
                place.sideNumber(),
                place.path().bytes(),
                PairRows.pack(place.key(), ids));
    }

    void endIntent(Place place) throws SQLException {
        remove("delete from intent where side = ? and path = ?", place);
    }

    void skip(Skip skip) throws SQLException {
        var place = new Place(skip.side(), skip.path());
        database.change(
                "insert or replace into skip(side, path, row) values(?, ?, ?)",
                place.sideNumber(),
                place.path().bytes(),
                PairRows.pack(place.key(), skip));
    }

    void endSkip(Place place) throws SQLException {
        remove("delete from skip where side = ? and path = ?", place);
    }

    private void remove(String sql, Place place) throws SQLException {
        database.change(sql, place.sideNumber(), place.path().bytes());
    }

    void putCursor(String feed, String position) throws SQLException {
        byte[] key = Queries.keyOf(feed);
        database.change("insert or replace into cursor(feed, row) values(?, ?)", key, PairRows.pack(key, position));
    }

    /// Ends the connection; what was not committed is taken back.
    ///
    /// @return the numbers that go with what was committed
    Counts end() throws SQLException {
        database.close();
        return committed;
    }
}
