package io.skyferry.engine.pair;

import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a [HeldPairMemory] holds: the tables of a memory, as maps.
final class HeldContents {
    final TreeMap<PairKey, Agreed> agreed;
    final TreeMap<Place, Unfinished> unfinished;
    final TreeMap<Place, List<String>> intents;
    final TreeMap<Place, Skip> skips;
    final TreeMap<String, String> cursors;
    Optional<Roots> roots;
    Optional<String> rolledBack;

    /// A path on a side.
    record Place(Side side, RelPath path) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int bySide = side.compareTo(other.side);
            return bySide == 0 ? path.compareTo(other.path) : bySide;
        }
    }

    HeldContents() {
        agreed = new TreeMap<>();
        unfinished = new TreeMap<>();
        intents = new TreeMap<>();
        skips = new TreeMap<>();
        cursors = new TreeMap<>();
        roots = Optional.empty();
        rolledBack = Optional.empty();
    }

    /// A copy that goes its own way.
    HeldContents(HeldContents other) {
        agreed = new TreeMap<>(other.agreed);
        unfinished = new TreeMap<>(other.unfinished);
        intents = new TreeMap<>(other.intents);
        skips = new TreeMap<>(other.skips);
        cursors = new TreeMap<>(other.cursors);
        roots = other.roots;
        rolledBack = other.rolledBack;
    }

    /// The same with the sides exchanged.
    HeldContents exchanged() {
        var other = new HeldContents();
        agreed.forEach((key, row) -> other.agreed.put(key, row.exchanged()));
        unfinished.forEach((place, row) -> other.unfinished.put(exchanged(place), row.exchanged()));
        intents.forEach((place, ids) -> other.intents.put(exchanged(place), ids));
        skips.forEach((place, row) -> other.skips.put(exchanged(place), row.exchanged()));
        other.cursors.putAll(cursors);
        other.roots = roots.map(Roots::exchanged);
        other.rolledBack = rolledBack;
        return other;
    }

    /// What a process that opens these contents finds.
    PairMemory.Standing standing() {
        return agreed.isEmpty()
                ? new PairMemory.Standing.New()
                : rolledBack
                        .<PairMemory.Standing>map(PairMemory.Standing.RolledBack::new)
                        .orElseGet(PairMemory.Standing.Known::new);
    }

    private static Place exchanged(Place place) {
        return new Place(place.side().other(), place.path());
    }

    void believeFlushed() {
        agreed.replaceAll((_, row) -> row.doubt().unflushedIn().isEmpty() ? row : row.flushed());
    }
}
