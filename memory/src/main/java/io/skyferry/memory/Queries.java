package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// Reads the rows of a memory; what cannot be believed is a [DamageException].
final class Queries {
    /// The key of the one row of the roots.
    static final byte[] ROOT = {0};

    private Queries() {}

    static Optional<byte[]> meta(Database database, String name) throws SQLException {
        return database.first("select row from meta where name = cast(? as text)", row -> row.getBytes(1), (Object)
                Tables.metaKey(name));
    }

    /// Which of the small tables hold anything.
    record Occupied(boolean unfinished, boolean intents, boolean skips, boolean leftMarks, boolean rightMarks) {}

    static Occupied occupied(Database database) throws SQLException {
        return database.first(
                        "select exists(select 1 from unfinished), exists(select 1 from intent),"
                                + " exists(select 1 from skip),"
                                + " exists(select 1 from sqlite_schema where name = 'agreed_left'),"
                                + " exists(select 1 from sqlite_schema where name = 'agreed_right')",
                        row -> new Occupied(
                                row.getInt(1) != 0,
                                row.getInt(2) != 0,
                                row.getInt(3) != 0,
                                row.getInt(4) != 0,
                                row.getInt(5) != 0))
                .orElseThrow();
    }

    /// In which boots the bytes of flushes were written, by their numbers.
    static Map<Long, String> flushes(Database database) throws SQLException {
        var boots = new TreeMap<Long, String>();
        database.each("select number, row from flush", row -> {
            long number = row.getLong(1);
            boots.put(number, PairRows.unpackText(Flushes.keyOf(number), row.getBytes(2)));
        });
        return boots;
    }

    static Optional<Roots> roots(Database database) throws SQLException {
        return database.first("select row from root where number = 0", row -> row.getBytes(1))
                .map(row -> PairRows.unpackRoots(ROOT, row));
    }

    static Optional<Agreed> agreedAt(Database database, byte[] key, LongFunction<Optional<String>> boots)
            throws SQLException {
        return database.first("select row from agreed where key = ?", row -> row.getBytes(1), (Object) key)
                .map(row -> AgreedRow.unpack(key, row, boots));
    }

    /// Rows whose identity has this mark; others may have it, too.
    static List<Agreed> agreedAs(Database database, Side side, long mark, LongFunction<Optional<String>> boots)
            throws SQLException {
        String sql = switch (side) {
            case LEFT -> "select key, row from agreed where left_mark = ?";
            case RIGHT -> "select key, row from agreed where right_mark = ?";
        };
        return database.list(sql, row -> AgreedRow.unpack(row.getBytes(1), row.getBytes(2), boots), mark);
    }

    /// Rows in order.
    ///
    /// @param after the key that was read last; empty at the beginning
    static List<Agreed> agreed(
            Database database, Optional<byte[]> after, int limit, LongFunction<Optional<String>> boots)
            throws SQLException {
        var order = new Order(after.orElse(new byte[0]), after.isPresent());
        String sql = after.isPresent()
                ? "select key, row from agreed where key > ? order by key limit ?"
                : "select key, row from agreed where key >= ? order by key limit ?";
        return database.list(
                sql, row -> AgreedRow.unpack(order.next(row.getBytes(1)), row.getBytes(2), boots), order.last, limit);
    }

    /// Watches that keys rise: damaged pages may lead in a circle.
    private static final class Order {
        private byte[] last;
        private boolean begun;

        Order(byte[] last, boolean begun) {
            this.last = last;
            this.begun = begun;
        }

        byte[] next(byte[] key) {
            if (begun && Arrays.compareUnsigned(last, key) >= 0) {
                throw new DamageException("its rows are not in order");
            }
            begun = true;
            last = key;
            return key;
        }
    }

    static boolean isUnfinished(Database database, Place place) throws SQLException {
        return database.first(
                        "select 1 from unfinished where side = ? and path = ?",
                        _ -> true,
                        place.sideNumber(),
                        place.path().bytes())
                .isPresent();
    }

    static Optional<Unfinished> unfinishedAt(Database database, Place place) throws SQLException {
        Optional<byte[]> row = packed(database, "select row from unfinished where side = ? and path = ?", place);
        return row.isEmpty() ? Optional.empty() : Optional.of(withParts(database, place, row.orElseThrow()));
    }

    static List<Unfinished> unfinished(Database database) throws SQLException {
        List<Place> places = database.list(
                "select side, path from unfinished order by side, path",
                row -> new Place(Place.sideOf(row.getInt(1)), RelPath.ofBytes(row.getBytes(2))));
        var all = new ArrayList<Unfinished>();
        for (Place place : places) {
            unfinishedAt(database, place).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Unfinished withParts(Database database, Place place, byte[] packed) throws SQLException {
        var promises = new TreeMap<Integer, String>();
        var parts = new ArrayList<Part>();
        database.each(
                "select number, promise, arrived from part where side = ? and path = ? order by number",
                row -> {
                    int number = row.getInt(1);
                    byte[] key = place.keyOfPart(number);
                    Optional.ofNullable(row.getBytes(2))
                            .ifPresent(promise -> promises.put(number, PairRows.unpackText(key, promise)));
                    Optional.ofNullable(row.getBytes(3))
                            .ifPresent(part -> parts.add(PairRows.unpackPart(key, number, part)));
                },
                place.sideNumber(),
                place.path().bytes());
        return PairRows.unpackUnfinished(place, packed, promises, parts);
    }

    static Optional<List<String>> intent(Database database, Place place) throws SQLException {
        return packed(database, "select row from intent where side = ? and path = ?", place)
                .map(row -> PairRows.unpackTexts(place.key(), row));
    }

    static List<RelPath> intended(Database database, Side side) throws SQLException {
        return database
                .list(
                        "select side, path from intent order by side, path",
                        row -> new Place(Place.sideOf(row.getInt(1)), RelPath.ofBytes(row.getBytes(2))))
                .stream()
                .filter(place -> place.side() == side)
                .map(Place::path)
                .toList();
    }

    static Optional<Skip> skipped(Database database, Place place) throws SQLException {
        return packed(database, "select row from skip where side = ? and path = ?", place)
                .map(row -> PairRows.unpackSkip(place, row));
    }

    private static Optional<byte[]> packed(Database database, String sql, Place place) throws SQLException {
        return database.first(
                sql, row -> row.getBytes(1), place.sideNumber(), place.path().bytes());
    }

    static Optional<String> cursor(Database database, String feed) throws SQLException {
        byte[] key = keyOf(feed);
        return database.first("select row from cursor where feed = ?", row -> row.getBytes(1), (Object) key)
                .map(row -> PairRows.unpackText(key, row));
    }

    static byte[] keyOf(String feed) {
        return new RowWriter().text(feed).plain();
    }
}
