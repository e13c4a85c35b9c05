package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.pair.Skip;
import io.skyferry.storage.ItemId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes that go out together, and what those who read must see of them until then.
///
/// Guarded by the lock of its [GroupWriter] while it waits; nothing changes in it once it goes out. Rows are found by
/// texts and numbers: the hash of a record is slow in a cold process.
final class Group {
    private final List<Tables.Write> writes = new ArrayList<>();
    private final Map<String, Optional<Agreed>> rows = new HashMap<>();
    private final Map<Place, Optional<Skip>> skips = new HashMap<>();
    private final Set<Long> marks = new HashSet<>();
    private Database.Durability durability = Database.Durability.PROCESS;

    boolean isEmpty() {
        return writes.isEmpty();
    }

    int size() {
        return writes.size();
    }

    List<Tables.Write> writes() {
        return writes;
    }

    Database.Durability durability() {
        return durability;
    }

    void add(Tables.Write write) {
        writes.add(write);
    }

    void addDurable(Tables.Write write) {
        writes.add(write);
        durability = Database.Durability.MEDIUM;
    }

    void addRow(Agreed row, Marks its, Tables.Write write) {
        writes.add(write);
        rows.put(row.key().text(), Optional.of(row));
        if (its.left() != null) {
            marks.add(its.left());
        }
        if (its.right() != null) {
            marks.add(its.right());
        }
    }

    void addForgotten(PairKey key, Tables.Write write) {
        writes.add(write);
        rows.put(key.text(), Optional.empty());
    }

    void addSkip(Place place, Optional<Skip> skip, Tables.Write write) {
        writes.add(write);
        skips.put(place, skip);
    }

    /// What this group makes of a row; empty where it leaves it alone.
    Optional<Optional<Agreed>> rowAt(PairKey key) {
        return Optional.ofNullable(rows.get(key.text()));
    }

    /// What this group makes of a skip; empty where it leaves it alone.
    Optional<Optional<Skip>> skipAt(Place place) {
        return Optional.ofNullable(skips.get(place));
    }

    /// Its rows that have this identity.
    List<Agreed> rowsAs(Side side, ItemId id) {
        return marks.contains(AgreedRow.markOf(id))
                ? rows.values().stream()
                        .flatMap(Optional::stream)
                        .filter(row -> row.idOn(side).filter(id::equals).isPresent())
                        .toList()
                : List.of();
    }
}
